//! The layouts again, their headings in other words, spaced, broken and set wide, their columns in another order, under
//! more titles, merged: what they say must stay the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::layouts::{Layout, all, drawing, folder};
use crate::division::fields;
use crate::ledger::FileReading;
use crate::ledger::fixture::file;

/// So many variants of each layout are read.
const VARIANTS: u64 = 12;
/// At least so much of a hundred must be bound as before: tasks and units of records, and fields of cells.
const RECORDS: usize = 95;
const CELLS: usize = 90;

/// A small generator of numbers; the same seed gives the same variants.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// Other words for headings.
fn synonyms() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(folder().join("synonyms.tsv")).expect("the synonyms");
    text.lines()
        .map(|line| {
            let mut words = line.split('\t').map(str::to_owned);
            (words.next().unwrap_or_default(), words.collect())
        })
        .collect()
}

/// A layout drawn in another way.
fn variant(layout: &Layout, synonyms: &BTreeMap<String, Vec<String>>, dice: &mut Dice) -> Vec<String> {
    let mut lines: Vec<(bool, Vec<String>)> = layout
        .drawn
        .iter()
        .map(|line| {
            let head = line.strip_prefix("> ");
            let cells = head.unwrap_or(line).split('|').map(|cell| cell.trim().to_owned()).collect();
            (head.is_some(), cells)
        })
        .collect();
    // What stands twice is called the same twice, as on every page.
    let mut called: BTreeMap<String, String> = BTreeMap::new();
    for (_, cells) in lines.iter_mut().filter(|line| line.0) {
        for cell in cells.iter_mut() {
            let Some(words) = synonyms.get(cell) else { continue };
            let word = called.entry(cell.clone()).or_insert_with(|| decorated(&words[dice.roll(words.len())], dice));
            cell.clone_from(word);
        }
    }
    match dice.roll(4) {
        0 => shuffle(&mut lines, dice),
        1 => widen(&mut lines, dice),
        _ => {}
    }
    let mut drawn: Vec<String> = Vec::new();
    if dice.roll(2) == 0 && !lines.iter().any(|line| line.1[0].starts_with("===")) {
        drawn.push("附件3".into());
        drawn.push("全国文明城市创建工作情况 | < | <".into());
    }
    drawn.extend(lines.into_iter().map(|(_, cells)| cells.join(" | ")));
    drawn
}

/// A heading as people set it: spaced, broken, starred, with a hint.
fn decorated(heading: &str, dice: &mut Dice) -> String {
    let chars: Vec<char> = heading.chars().collect();
    let half = chars.len() / 2;
    let (first, second): (String, String) = (chars[..half].iter().collect(), chars[half..].iter().collect());
    match dice.roll(6) {
        0 => chars.iter().map(char::to_string).collect::<Vec<_>>().join(" "),
        1 => format!("{first}⏎{second}"),
        2 => format!("*{heading}"),
        3 => format!("{heading}（必填）"),
        4 => format!("{first}\u{3000}{second}"),
        _ => heading.to_owned(),
    }
}

/// Puts the columns in another order where no cells are merged.
fn shuffle(lines: &mut [(bool, Vec<String>)], dice: &mut Dice) {
    let width = lines.iter().map(|line| line.1.len()).max().unwrap_or(0);
    let merged = lines.iter().any(|line| line.1.iter().any(|cell| cell == "<" || cell == "^"));
    let ragged = lines.iter().any(|line| line.1.len() != width && line.1.len() > 1);
    let twice = lines.iter().any(|line| line.0 && line.1.iter().any(String::is_empty));
    if merged || ragged || twice || width < 3 {
        return;
    }
    for at in (2..width).rev() {
        // The running number stays in front.
        let other = 1 + dice.roll(at);
        for (_, cells) in lines.iter_mut().filter(|line| line.1.len() == width) {
            cells.swap(at, other);
        }
    }
}

/// Merges one column over two.
fn widen(lines: &mut [(bool, Vec<String>)], dice: &mut Dice) {
    let Some(width) = lines.iter().find(|line| line.0).map(|line| line.1.len()) else { return };
    let at = dice.roll(width);
    if lines.iter().any(|line| line.1.iter().any(|cell| cell == "<" || cell == "^") || line.1.len() > width) {
        return;
    }
    for (_, cells) in lines.iter_mut().filter(|line| line.1.len() > 1) {
        if at < cells.len() {
            cells.insert(at + 1, "<".into());
        }
    }
}

/// What one record says: its unit and task, its cells by field, and its cells under headings that are no fields.
struct Said {
    key: String,
    fields: Vec<(String, String)>,
    others: Vec<String>,
}

fn said(layout: &str, drawn: &[String]) -> Vec<Said> {
    let (division, reading) = file(layout, &drawing(drawn));
    let of = |reading: &FileReading| {
        let mut all = Vec::new();
        for ledger in &reading.ledgers {
            for record in &ledger.records {
                let unit = record.unit.map_or("-", |unit| division.unit(unit).name.as_str());
                let task = record.task.map_or("-", |task| division.task(task).code.as_str());
                let mut one = Said { key: format!("{unit} {task}"), fields: Vec::new(), others: Vec::new() };
                for (column, cell) in ledger.columns.iter().zip(&record.cells) {
                    let text = reading.texts.get(cell.text).to_owned();
                    match column.field {
                        _ if text.is_empty() => {}
                        Some(fields::SERIAL) => {}
                        Some(field) => one.fields.push((division.fields.spec(field).name.clone(), text)),
                        None => one.others.push(text),
                    }
                }
                all.push(one);
            }
        }
        all
    };
    of(&reading)
}

#[test]
fn reworded_headings_say_the_same() {
    let synonyms = synonyms();
    let (mut records, mut bound, mut cells, mut kept) = (0usize, 0usize, 0usize, 0usize);
    let (mut wrong, mut lost) = (String::new(), String::new());
    for layout in all().iter().filter(|layout| layout.drawn.iter().any(|line| line.starts_with("> "))) {
        let base = said(&layout.file, &layout.drawn);
        for seed in 0..VARIANTS {
            let mut dice = Dice(seed * 7919 + layout.name.len() as u64 * 31 + 17);
            let drawn = variant(layout, &synonyms, &mut dice);
            let mut others = said(&layout.file, &drawn);
            for one in &base {
                records += 1;
                let same = |other: &Said| other.key == one.key && other.values() == one.values();
                let Some(at) = others.iter().position(same).or_else(|| others.iter().position(|o| o.key == one.key))
                else {
                    let _ = writeln!(lost, "{} {seed}: {} in\n{}", layout.name, one.key, drawn.join("\n"));
                    continue;
                };
                bound += 1;
                let other = others.remove(at);
                cells += one.fields.len();
                kept += one.fields.iter().filter(|pair| other.fields.contains(pair)).count();
                for pair in other.fields.iter().filter(|pair| !one.fields.contains(pair)) {
                    if one.fields.iter().any(|own| own.1 == pair.1) || one.others.contains(&pair.1) {
                        let _ =
                            writeln!(wrong, "{} {seed}: {}={} in\n{}", layout.name, pair.0, pair.1, drawn.join("\n"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "bound wrongly:\n{wrong}");
    assert!(bound * 100 >= records * RECORDS, "{bound} of {records} records are bound; lost:\n{lost}");
    assert!(kept * 100 >= cells * CELLS, "{kept} of {cells} cells are under their fields");
}

impl Said {
    fn values(&self) -> Vec<&String> {
        let mut values: Vec<&String> = self.fields.iter().map(|pair| &pair.1).chain(&self.others).collect();
        values.sort();
        values
    }
}
