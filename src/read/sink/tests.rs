//! What is kept of a file, and what is told of the rest.

use super::*;

fn grid(cells: &[(u32, u32)]) -> Grid {
    let mut sink = Sink::default();
    let mut filling = Filling::new(0);
    for &(row, col) in cells {
        let raw = sink.text(&format!("{row},{col}"));
        sink.put(&mut filling, row, col, raw);
    }
    let mut sheet = Sheet::default();
    sink.end(filling, &mut sheet);
    sheet.grid
}

#[test]
fn cells_in_any_order_come_out_as_one_reads() {
    let grid = grid(&[(5, 1), (2, 3), (2, 0), (5, 0)]);
    let places: Vec<_> = grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.index, cell.0))).collect();
    assert_eq!(places, [(2, 0), (2, 3), (5, 0), (5, 1)]);
}

#[test]
fn identifiers_that_lost_digits_are_told_apart() {
    let mut sink = Sink::default();
    for lost in ["3.70101E+17", "1.23457E+11", "1E+12"] {
        assert!(matches!(sink.typed(lost), Raw::DigitsLost(_)), "{lost}");
    }
    for kept in ["370101199001011234", "1.5E+2", "1-1", "E+17", "A1E+17", "1.5E-12"] {
        assert!(matches!(sink.typed(kept), Raw::Text(_)), "{kept}");
    }
    assert!(matches!(sink.number(370_101_199_001_011_234.0, false), Raw::DigitsLost(_)));
    assert!(matches!(sink.number(13_812_345_678.0, false), Raw::Number { .. }));
    assert!(matches!(sink.number(f64::INFINITY, false), Raw::Fault(_)));
}

#[test]
fn texts_that_nobody_types_are_told_whatever_the_format() {
    let notices = |texts: &[&str]| {
        let mut sink = Sink::default();
        for text in texts {
            sink.text(text);
        }
        sink.finish(Format::Xlsx, Vec::new(), BTreeMap::new()).notices
    };
    let broken = ["\u{fffd}\u{fffd}", "a\u{fffd}", "\u{3}", "完成"];
    assert_eq!(notices(&broken), [Notice::Garbled { garbled: 3, all: 4 }]);
    assert_eq!(notices(&broken[1..]), [], "a slip or two in a file are no wrong encoding");
}

#[test]
fn cells_outside_every_grid_are_counted_and_left() {
    let mut sink = Sink::default();
    let mut filling = Filling::new(0);
    let raw = sink.text("x");
    assert!(sink.put(&mut filling, MAX_ROWS, 0, raw));
    let mut sheet = Sheet::default();
    sink.end(filling, &mut sheet);
    assert!(sheet.grid.rows.is_empty());
    assert!(matches!(sink.notices[..], [Notice::Budget { limit: Limit::OutsideSheet(_), .. }]));
}

#[test]
fn a_number_has_lost_digits_from_sixteen_on() {
    let mut sink = Sink::default();
    for (value, percent, lost) in [
        (999_999_999_999_999.0, false, false),
        (1e15, false, true),
        (-999_999_999_999_999.0, false, false),
        (-1e15, false, true),
        (1e15, true, false),
        (9.9e21, false, true),
        // Nobody's number has so many digits: it is a result.
        (1e22, false, false),
    ] {
        assert_eq!(matches!(sink.number(value, percent), Raw::DigitsLost(_)), lost, "{value} {percent}");
    }
    for (digits, lost) in [
        ("999999999999999", false),
        ("1000000000000000", true),
        ("370101199001011234", true),
        ("-999999999999999", false),
        ("1234567890123456.5", true),
    ] {
        let raw = sink.written(digits, digits.parse().expect("a number"));
        assert_eq!(matches!(raw, Raw::DigitsLost(_)), lost, "{digits}");
    }
    // Digits as they stand are kept, whatever the number makes of them.
    for digits in ["9999999999999999", "370101199001011234"] {
        let Raw::DigitsLost(text) = sink.written(digits, digits.parse().expect("a number")) else { panic!("{digits}") };
        assert_eq!(sink.texts.get(text), digits);
    }
}

#[test]
fn what_a_spreadsheet_shortens_begins_at_twelve_digits() {
    for (text, lost) in [
        ("1.23457E+11", true),
        ("1.23457E+10", false),
        ("1.2E+30", true),
        ("1.2E+31", false),
        ("1.23456789012E+11", false),
        ("1.2345678901E+11", true),
        ("12.3E+12", false),
    ] {
        assert_eq!(is_mangled(text), lost, "{text}");
    }
}

#[test]
fn the_last_row_and_column_of_a_grid_are_inside_it() {
    for (row, col, inside) in
        [(MAX_ROWS - 1, 0, true), (MAX_ROWS, 0, false), (0, MAX_COLS - 1, true), (0, MAX_COLS, false)]
    {
        assert_eq!(grid(&[(row, col)]).rows.len(), usize::from(inside), "{row},{col}");
    }
}

#[test]
fn of_two_cells_at_one_place_the_first_is_kept() {
    let mut sink = Sink::default();
    let mut filling = Filling::new(0);
    for (text, col) in [("first", 2), ("second", 2), ("before", 1)] {
        let raw = sink.text(text);
        sink.put(&mut filling, 4, col, raw);
    }
    let mut sheet = Sheet::default();
    sink.end(filling, &mut sheet);
    let cells: Vec<_> = sheet.grid.rows[0].cells.iter().map(|&(col, raw)| (col, raw)).collect();
    let text = |raw| if let Raw::Text(text) = raw { sink.texts.get(text).to_owned() } else { String::new() };
    assert_eq!(
        cells.iter().map(|&(col, raw)| (col, text(raw))).collect::<Vec<_>>(),
        [(1, "before".into()), (2, "first".into())]
    );
}

#[test]
fn twenty_bad_cells_are_named_and_the_rest_counted() {
    for (bad, named, summed) in [(20, 20, 0), (21, 20, 1)] {
        let mut sink = Sink::default();
        let mut filling = Filling::new(0);
        for _ in 0..bad {
            sink.bad_cell(&mut filling, Some(Area::cell(0, 0)), "bad");
        }
        sink.end(filling, &mut Sheet::default());
        let of = |wanted: bool| {
            let is = |notice: &&Notice| matches!(notice, Notice::BadCell { area, .. } if area.is_some() == wanted);
            sink.notices.iter().filter(is).count()
        };
        assert_eq!((of(true), of(false)), (named, summed));
    }
}

#[test]
fn more_than_one_text_in_a_hundred_and_than_two_are_garbled() {
    let odd = (0..=u32::from(char::MAX)).filter_map(char::from_u32).find(|c| is_odd(*c)).expect("such a character");
    for (garbled, plain, told) in [(2, 0, false), (3, 0, true), (3, 297, false), (3, 296, true), (0, 9, false)] {
        let mut sink = Sink::default();
        for at in 0..garbled {
            sink.text(&format!("{odd}{at}"));
        }
        for at in 0..plain {
            sink.text(&format!("甲{at}"));
        }
        // the pool holds the empty text too
        let all = sink.texts.iter().count() as u32;
        sink.guard();
        let told = told && garbled * 100 > all;
        assert_eq!(sink.notices.len(), usize::from(told), "{garbled} of {all}");
    }
}
