//! Paper: how much of a table fits on it in type that can be read.

/// The size of the text in cells, in points.
pub const TYPE: f64 = 10.5;
/// The least size of printed text, in points: 六号, the smallest type of printed tables.
const LEGIBLE: f64 = 7.5;
/// A little more than that, since office programs round the scale of a sheet down to whole per cent and draw columns a little
/// wider in places.
const AIM: f64 = LEGIBLE * 1.05;
/// The width of a character of half width in points. Columns are as wide as digits of the workbook's own font, and
/// office programs without that font take a wider one; this is the widest seen (`DejaVu Sans`, instead of 5.25 points).
const CHARACTER: f64 = 7.0;
/// The space beside the text of a column, in characters.
const BESIDE: f64 = 0.72;
/// The margins at the left and the right of a sheet together, in points.
const MARGINS: f64 = 0.7 * 72.0;

/// The paper of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// A4 portrait.
    A4Upright,
    /// A4 landscape.
    A4,
    /// A3 landscape.
    A3,
}

impl Page {
    /// Half the height of the page in points of rows at the smallest scale: a longer merged cell would be out of view on some
    /// page.
    pub(super) fn half(self) -> f64 {
        let high = match self {
            Page::A4 => 595.3,
            Page::A4Upright | Page::A3 => 841.9,
        };
        (high - HEAD_AND_FOOT) / 2.0
    }

    /// How many characters of half width stand beside each other in legible type.
    fn room(self) -> f64 {
        let width = match self {
            Page::A4Upright => 595.3,
            Page::A4 => 841.9,
            Page::A3 => 1190.6,
        };
        (width - MARGINS) / CHARACTER * TYPE / AIM
    }
}

/// The margins at the top and the bottom together, in points.
const HEAD_AND_FOOT: f64 = 1.1 * 72.0;

/// The scale in per cent at which columns stand on one page in width, and how many points of rows then stand on it.
pub(in crate::render) fn scaled(widths: &[f64], page: Page) -> (u16, f64) {
    let (wide, high) = match page {
        Page::A4Upright => (595.3, 841.9),
        Page::A4 => (841.9, 595.3),
        Page::A3 => (1190.6, 841.9),
    };
    // a little less than what fits, since office programs draw columns a little wider in places
    let scale = ((wide - MARGINS) / (total(widths) * CHARACTER) * 0.95).min(1.0);
    let per_cent = (scale * 100.0).floor().max(10.0);
    (per_cent as u16, (high - HEAD_AND_FOOT) / per_cent * 100.0)
}

/// The scale in per cent at which columns for which one page is wide enough ([`pages`]) stand on it, in legible type.
pub(in crate::render) fn on_one(widths: &[f64], page: Page) -> u16 {
    scaled(widths, page).0.max((LEGIBLE / TYPE * 100.0).ceil() as u16)
}

/// How a table stands on paper.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::render) struct Fit {
    /// The width of each column, in characters of half width.
    pub(in crate::render) widths: Vec<f64>,
    /// The paper: the one wished for, or A3 where A4 is too small.
    pub(in crate::render) page: Page,
}

/// Fits columns of these widths on paper by narrowing them, none below its least width. What is too wide for the paper
/// wished for goes on A3, and what is too wide for that over several pages ([`pages`]).
pub(in crate::render) fn fit(widths: &[f64], least: &[f64], page: Page) -> Fit {
    let narrowed = |room: f64| {
        let mut widths = widths.to_vec();
        narrow(&mut widths, least, room);
        (total(&widths) <= room).then_some(widths)
    };
    for page in [page, Page::A3] {
        if let Some(widths) = narrowed(page.room()) {
            return Fit { widths, page };
        }
    }
    Fit { widths: widths.to_vec(), page: Page::A3 }
}

/// Over how many pages in width columns go, of which the first `repeated` stand on each.
pub(in crate::render) fn pages(widths: &[f64], repeated: usize, page: Page) -> u16 {
    let head = total(&widths[..repeated.min(widths.len())]);
    let rest = total(widths) - head;
    // a page ends between two columns, so some of it stays empty
    let room = if total(widths) <= page.room() { page.room() } else { page.room() * 0.92 };
    if head + rest <= room { 1 } else { (rest / (room - head).max(room / 4.0)).ceil() as u16 }
}

/// How many of these columns stand on the first page.
pub(in crate::render) fn on_first(widths: &[f64], page: Page) -> usize {
    let mut used = 0.0;
    let stands = |width: &&f64| {
        used += **width + BESIDE;
        used <= page.room()
    };
    widths.iter().take_while(stands).count().max(1)
}

/// The width of columns with the space beside their text.
fn total(widths: &[f64]) -> f64 {
    widths.iter().map(|width| width + BESIDE).sum()
}

/// Takes from the column with the most to give until all fit.
fn narrow(widths: &mut [f64], least: &[f64], room: f64) {
    while total(widths) > room {
        let spare = widths.iter().zip(least).map(|(width, least)| width - least);
        let widest = spare.enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        match widest {
            Some((at, spare)) if spare >= 1.0 => widths[at] -= 1.0,
            _ => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_narrowed_then_moved_to_larger_paper_then_to_more_pages() {
        let fitted = |columns: usize, width: f64, least: f64| {
            let fit = fit(&vec![width; columns], &vec![least; columns], Page::A4);
            let pages = pages(&fit.widths, 2, fit.page);
            (fit.widths[0], fit.page, pages)
        };
        assert_eq!(fitted(10, 12.0, 8.0), (12.0, Page::A4, 1));
        let (width, page, pages) = fitted(10, 20.0, 8.0);
        assert!(width < 20.0 && width > 8.0 && page == Page::A4 && pages == 1, "{width} {page:?} {pages}");
        assert_eq!(fitted(10, 20.0, 18.0), (20.0, Page::A3, 1));
        assert_eq!(fitted(14, 20.0, 18.0), (20.0, Page::A3, 2));
        assert_eq!(fitted(20, 20.0, 18.0), (20.0, Page::A3, 3));
        assert_eq!(fitted(60, 20.0, 18.0), (20.0, Page::A3, 8));
    }

    #[test]
    fn what_is_wide_is_scaled_down_and_more_rows_stand_on_a_page() {
        assert_eq!(scaled(&[20.0; 3], Page::A4), (100, 595.3 - 79.2));
        let (scale, room) = scaled(&[20.0; 7], Page::A4);
        assert!(scale < 85 && scale > 70 && room > 620.0, "{scale} {room}");
    }

    #[test]
    fn what_goes_on_one_page_is_printed_in_legible_type() {
        for columns in 1..40 {
            let widths = vec![20.0; columns];
            if pages(&widths, 1, Page::A3) == 1 {
                let scale = f64::from(on_one(&widths, Page::A3)) / 100.0;
                assert!(scale * TYPE >= LEGIBLE && scale <= 1.0, "{columns}: {scale}");
                assert!(total(&widths) * CHARACTER * scale <= 1190.6 - MARGINS, "{columns}: {scale}");
            }
        }
    }

    #[test]
    fn the_column_with_the_most_to_give_gives_first() {
        let mut widths = [10.0, 40.0, 30.0];
        narrow(&mut widths, &[8.0, 10.0, 29.0], 70.0);
        assert_eq!(format!("{widths:?}"), "[10.0, 27.0, 30.0]");
    }

    #[test]
    fn the_title_stands_over_the_columns_of_the_first_page() {
        assert_eq!(on_first(&[10.0; 4], Page::A4Upright), 4);
        assert_eq!(on_first(&[30.0; 9], Page::A4Upright), 3);
        assert_eq!(on_first(&[900.0], Page::A4), 1);
    }
}
