//! Automatic numbers: the definitions in numbering.xml, and the counters of each list.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::numerals::written;
use super::props;
use super::styles::Styles;
use crate::read::xml::{Tag, Token, Xml};

/// Stands for any bullet, whatever its glyph.
pub(super) const BULLET: &str = "•";
/// The most lists, and the most list definitions, kept.
const MAX_LISTS: usize = 50_000;
/// Levels of a list.
const LEVELS: usize = 9;
/// The longest level text, in characters.
const MAX_TEXT: usize = 100;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<u32, Definition>,
    lists: BTreeMap<u32, List>,
}

/// An abstract list definition; lists that share it share its counters.
#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<u8, Level>,
    /// The numbering style that defines the levels.
    linked: Option<String>,
    counts: [Option<u32>; LEVELS],
}

#[derive(Debug, Default)]
struct List {
    definition: u32,
    levels: BTreeMap<u8, Level>,
    starts: BTreeMap<u8, u32>,
    begun: [bool; LEVELS],
}

/// How a level formats its numbers.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Whether all numbers in it are shown in digits, whatever the format of their level (`w:isLgl`).
    digits: bool,
    /// The 1-based level after which it restarts, if not the level before it; 0 = never (`w:lvlRestart`).
    restart: Option<u8>,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Level {
        Level { start: 0, format: "decimal".into(), text: String::new(), digits: false, restart: None, style: None }
    }
}

impl Numbering {
    /// Reads numbering.xml.
    pub(super) fn read<R: Read>(mut xml: Xml<R>) -> io::Result<Numbering> {
        let mut all = Numbering::default();
        let mut definition: Option<(u32, Definition)> = None;
        let mut list: Option<(u32, List)> = None;
        let mut overridden = 0;
        let mut level: Option<(u8, Level)> = None;
        loop {
            match xml.next()? {
                Token::Start(tag) => match tag.name {
                    b"abstractNum" => definition = id(tag, "abstractNumId").map(|id| (id, Definition::default())),
                    b"num" => list = id(tag, "numId").map(|id| (id, List::default())),
                    b"abstractNumId" => {
                        if let (Some((_, list)), Some(id)) = (&mut list, id(tag, "val")) {
                            list.definition = id;
                        }
                    }
                    b"numStyleLink" => {
                        if let Some((_, definition)) = &mut definition {
                            definition.linked = tag.text("val");
                        }
                    }
                    b"lvlOverride" => overridden = id(tag, "ilvl").unwrap_or(0).min(8) as u8,
                    b"startOverride" => {
                        if let (Some((_, list)), Some(start)) = (&mut list, id(tag, "val")) {
                            list.starts.insert(overridden, start);
                        }
                    }
                    b"lvl" => level = Some((id(tag, "ilvl").unwrap_or(0).min(8) as u8, Level::default())),
                    b"pPr" | b"rPr" | b"Fallback" => props::skip(&mut xml)?,
                    _ => {
                        if let Some((_, level)) = &mut level {
                            level.see(tag);
                        }
                    }
                },
                Token::End(b"lvl") => {
                    if let Some((at, level)) = level.take() {
                        if let Some((_, list)) = &mut list {
                            list.levels.insert(at, level);
                        } else if let Some((_, definition)) = &mut definition {
                            definition.levels.insert(at, level);
                        }
                    }
                }
                Token::End(b"abstractNum") => {
                    all.definitions.extend(definition.take().filter(|_| all.definitions.len() < MAX_LISTS));
                }
                Token::End(b"num") => all.lists.extend(list.take().filter(|_| all.lists.len() < MAX_LISTS)),
                Token::Eof => return Ok(all),
                _ => {}
            }
        }
    }

    /// Counts one more paragraph of a list and returns the number it shows and its level. Where the list comes from the
    /// style of the paragraph, the level is the one that names that style. None where there is no such list.
    pub(super) fn next(
        &mut self,
        list: u32,
        level: Option<u8>,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<(String, u8)> {
        let one = self.lists.get_mut(&list).filter(|_| list != 0)?;
        let mut holder = one.definition;
        if let Some(name) = self.definitions.get(&holder).and_then(|definition| definition.linked.as_deref()) {
            let other = styles.get(Some(name)).and_then(|style| style.list).filter(|other| *other != list);
            holder = other.and_then(|other| self.lists.get(&other)).map_or(holder, |other| other.definition);
        }
        let one = self.lists.get_mut(&list)?;
        let definition = self.definitions.get_mut(&holder)?;
        let named = || {
            let style = style?;
            definition.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at)
        };
        let at = level.or_else(named).unwrap_or(0);
        let of = |at: u8| one.levels.get(&at).or_else(|| definition.levels.get(&at));
        let own = of(at)?.clone();
        let start = |at: u8| one.starts.get(&at).copied().unwrap_or_else(|| of(at).map_or(1, |level| level.start));

        let here = usize::from(at);
        let first = !one.begun[here] && one.starts.contains_key(&at);
        let count = match definition.counts[here] {
            Some(count) if !first => count.saturating_add(1),
            _ => start(at),
        };
        let mut numbers = [0; LEVELS];
        for (above, number) in numbers.iter_mut().enumerate().take(here) {
            *number = definition.counts[above].unwrap_or_else(|| start(above as u8));
        }
        numbers[here] = count;
        let text = own.shown(&numbers, |at| of(at).map_or("decimal", |level| level.format.as_str()));

        // Deeper levels restart, unless they name the level after which they do.
        let anew: Vec<usize> = (here + 1..LEVELS)
            .filter(|below| match of(*below as u8).and_then(|level| level.restart) {
                Some(after) => after != 0 && here < usize::from(after),
                None => true,
            })
            .collect();
        one.begun[here] = true;
        definition.counts[here] = Some(count);
        for (count, number) in definition.counts.iter_mut().zip(numbers).take(here) {
            count.get_or_insert(number);
        }
        for below in anew {
            definition.counts[below] = None;
        }
        Some((text, at))
    }
}

fn id(tag: Tag<'_>, name: &str) -> Option<u32> {
    tag.text(name)?.trim().parse().ok()
}

impl Level {
    fn see(&mut self, tag: Tag<'_>) {
        match tag.name {
            b"start" => self.start = id(tag, "val").unwrap_or(0),
            b"numFmt" => self.format = tag.text("val").unwrap_or_default(),
            b"lvlText" => self.text = tag.text("val").unwrap_or_default().chars().take(MAX_TEXT).collect(),
            b"isLgl" => self.digits = !matches!(tag.attribute("val"), Some(b"0" | b"false")),
            b"lvlRestart" => self.restart = id(tag, "val").map(|level| level.min(9) as u8),
            b"pStyle" => self.style = tag.text("val"),
            _ => {}
        }
    }

    /// The level text with the numbers filled in: `%1.%2` becomes 3.1.
    fn shown<'a>(&self, numbers: &[u32; LEVELS], format: impl Fn(u8) -> &'a str) -> String {
        if self.format == "bullet" {
            return BULLET.into();
        }
        let mut shown = String::new();
        let mut rest = self.text.as_str();
        while let Some((before, after)) = rest.split_once('%') {
            shown.push_str(before);
            let digit = after.chars().next().and_then(|c| c.to_digit(10)).filter(|digit| *digit > 0);
            if let Some(digit) = digit {
                let at = digit as u8 - 1;
                let format = match format(at) {
                    "decimalZero" => "decimalZero",
                    _ if self.digits => "decimal",
                    own => own,
                };
                shown.push_str(&written(format, numbers[usize::from(at)]));
                rest = &after[1..];
            } else {
                shown.push('%');
                rest = after;
            }
        }
        shown.push_str(rest);
        shown
    }
}
