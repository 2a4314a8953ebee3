//! A pool of texts: each distinct text of a file is stored once, and cells hold its number.

use hashbrown::HashTable;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

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
    index: HashTable<u32>,
}

// A fixed hasher, so that a pool is the same in every process.
fn hash(text: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}

impl Texts {
    /// Adds a text and returns its number; a text already in the pool keeps its number.
    pub fn intern(&mut self, text: &str) -> Text {
        if text.is_empty() {
            return Text(0);
        }
        let Texts { buffer, ends, index } = self;
        let hashed = hash(text);
        if let Some(&known) = index.find(hashed, |&known| slice(buffer, ends, known) == text) {
            return Text(known);
        }
        buffer.push_str(text);
        ends.push(buffer.len() as u32);
        let number = ends.len() as u32;
        index.insert_unique(hashed, number, |&known| hash(slice(buffer, ends, known)));
        Text(number)
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
        Ok(Texts { buffer, ends, index: HashTable::new() })
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
    fn a_pool_survives_the_wire() {
        let mut texts = Texts::default();
        let one = texts.intern("已完成");
        let bytes = postcard::to_allocvec(&texts).expect("pools serialise");
        let back: Texts = postcard::from_bytes(&bytes).expect("pools deserialise");
        assert_eq!(back.get(one), "已完成");
    }
}
