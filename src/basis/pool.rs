//! A pool of texts: each distinct text of a file is stored once, and cells hold its number.

use hashbrown::{DefaultHashBuilder, HashTable};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::hash::BuildHasher;

/// A text of a [`Texts`] pool. The default is the empty text, which every pool holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Text(u32);

impl Text {
    /// Whether this is the empty text.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// The pool: one buffer and the end of each text in it, so that a million cells do not need a million allocations.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    buffer: String,
    ends: Vec<u32>,
    /// The numbers of the texts of white space alone, ascending: few, and asked for with each cell.
    blanks: Vec<u32>,
    index: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Texts {
    /// Adds a text and returns its number; a text already in the pool keeps its number.
    pub fn intern(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return Text(0);
        }
        let Texts { buffer, ends, blanks, index, hasher } = self;
        let hashed = hasher.hash_one(text);
        if let Some(&known) = index.find(hashed, |&known| slice(buffer, ends, known) == text) {
            return Text(known);
        }
        buffer.push_str(text);
        ends.push(buffer.len() as u32);
        let number = ends.len() as u32;
        index.insert_unique(hashed, number, |&known| hasher.hash_one(slice(buffer, ends, known)));
        if is_white(text) {
            blanks.push(number);
        }
        Text(number)
    }

    /// Whether a text shows nothing: it is empty, or white space alone.
    pub fn is_blank(&self, text: Text) -> bool {
        text.is_empty() || !self.blanks.is_empty() && self.blanks.binary_search(&text.0).is_ok()
    }

    /// The text with this number.
    pub fn get(&self, text: Text) -> &str {
        slice(&self.buffer, &self.ends, text.0)
    }

    /// All texts in the order in which they were put in.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (1..=self.ends.len() as u32).map(|number| slice(&self.buffer, &self.ends, number))
    }

    /// Bytes of all the texts together.
    pub fn size(&self) -> usize {
        self.buffer.len()
    }

    /// Drops the index that `intern` needs, once the pool is complete.
    pub fn freeze(&mut self) {
        self.index = HashTable::new();
        self.buffer.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn is_white(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

#[inline]
fn slice<'a>(buffer: &'a str, ends: &[u32], number: u32) -> &'a str {
    let start = match number {
        0 => return "",
        1 => 0,
        n => ends[n as usize - 2] as usize,
    };
    &buffer[start..ends[number as usize - 1] as usize]
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (&self.buffer, &self.ends).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (buffer, ends) = <(String, Vec<u32>)>::deserialize(from)?;
        let white = |number: &u32| is_white(slice(&buffer, &ends, *number));
        let blanks = (1..=ends.len() as u32).filter(white).collect();
        Ok(Texts { buffer, ends, blanks, ..Texts::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once_and_found_again() {
        let mut texts = Texts::default();
        let (one, two) = (texts.intern("综合科"), texts.intern("后勤中心"));
        assert_eq!(texts.intern("综合科"), one);
        assert_eq!((texts.get(one), texts.get(two), texts.get(Text::default())), ("综合科", "后勤中心", ""));
        assert!(texts.intern("").is_empty());
    }

    #[test]
    fn white_space_is_blank() {
        let mut texts = Texts::default();
        let all = [("", true), ("甲", false), (" ", true), (" 甲", false), ("\u{3000}\n\t", true), ("\u{200b}", false)];
        let numbers: Vec<Text> = all.iter().map(|(text, _)| texts.intern(text)).collect();
        for (number, (text, blank)) in numbers.into_iter().zip(all) {
            assert_eq!(texts.is_blank(number), blank, "{text:?}");
        }
    }

    #[test]
    fn a_pool_survives_the_wire() {
        let mut texts = Texts::default();
        let (one, blank) = (texts.intern("已完成"), texts.intern("\u{3000}"));
        let bytes = postcard::to_allocvec(&texts).expect("pools serialise");
        let back: Texts = postcard::from_bytes(&bytes).expect("pools deserialise");
        assert_eq!(back.get(one), "已完成");
        assert!(back.is_blank(blank) && !back.is_blank(one));
    }
}
