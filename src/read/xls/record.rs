//! The records of a workbook stream: type, length, body; long records continue in CONTINUE records.

/// The type of CONTINUE records.
const CONTINUE: u16 = 0x003C;

/// A record with the bodies of its CONTINUE records.
pub(super) struct Record<'a> {
    /// The record type.
    pub(super) kind: u16,
    /// Its own body.
    pub(super) body: &'a [u8],
    /// The bodies of its CONTINUE records.
    more: Vec<&'a [u8]>,
}

/// Iterates over a stream; ends with the stream, or at a record longer than the rest of it.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8]) -> Self {
        Records { rest: stream }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (u16_at(self.rest, 0)?, u16_at(self.rest, 2)? as usize);
        let body = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, body))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, body) = self.one()?;
        let mut more = Vec::new();
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            more.push(self.one()?.1);
        }
        Some(Record { kind, body, more })
    }
}

impl<'a> Record<'a> {
    /// A cursor over the bodies.
    pub(super) fn pieces(&self) -> Pieces<'a> {
        let mut bodies = vec![self.body];
        bodies.extend(&self.more);
        Pieces { bodies, body: 0, at: 0 }
    }
}

/// A cursor over the bodies of a record and its continuations.
pub(super) struct Pieces<'a> {
    bodies: Vec<&'a [u8]>,
    body: usize,
    at: usize,
}

impl Pieces<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.bodies.get(self.body)?.len() {
            (self.body, self.at) = (self.body + 1, 0);
        }
        self.at += 1;
        Some(self.bodies[self.body][self.at - 1])
    }

    /// The next little-endian number of `N` bytes.
    pub(super) fn number<const N: usize>(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in 0..N {
            value |= u32::from(self.byte()?) << (8 * shift);
        }
        Some(value)
    }

    /// Skips bytes, across bodies.
    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let left = self.bodies.get(self.body)?.len() - self.at;
            if count <= left {
                self.at += count;
                return Some(());
            }
            count -= left;
            (self.body, self.at) = (self.body + 1, 0);
        }
        Some(())
    }

    /// Adds characters of two bytes, or of one where the upper byte is zero. Where a text continues in the next body, that
    /// body begins with a byte that gives the width of its characters.
    pub(super) fn characters(&mut self, count: usize, mut wide: bool, text: &mut Vec<u16>) -> Option<()> {
        let mut left = count;
        while left > 0 {
            if self.at >= self.bodies.get(self.body)?.len() {
                (self.body, self.at) = (self.body + 1, 0);
                wide = self.byte()? & 1 != 0;
                continue;
            }
            let here = &self.bodies[self.body][self.at..];
            if wide {
                let units = (here.len() / 2).min(left);
                text.extend(here[..units * 2].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
                // an odd byte at the end of a body is padding
                self.at += if units < left { here.len() } else { units * 2 };
                left -= units;
            } else {
                let units = here.len().min(left);
                text.extend(here[..units].iter().map(|&b| u16::from(b)));
                self.at += units;
                left -= units;
            }
        }
        Some(())
    }

    /// A text of Excel 97 and later: length in `N` bytes, flags, characters; formatting runs and phonetics are skipped.
    pub(super) fn text<const N: usize>(&mut self) -> Option<String> {
        let count = self.number::<N>()? as usize;
        let flags = if count == 0 && self.is_over() { 0 } else { self.byte()? };
        let runs = if flags & 8 != 0 { self.number::<2>()? as usize } else { 0 };
        let phonetic = if flags & 4 != 0 { self.number::<4>()? as usize } else { 0 };
        let mut units = Vec::with_capacity(count.min(4096));
        self.characters(count, flags & 1 != 0, &mut units)?;
        // the text is complete even if what follows it is cut off
        let _ = self.skip(runs * 4 + phonetic);
        Some(String::from_utf16_lossy(&units))
    }

    /// Whether everything has been read.
    pub(super) fn is_over(&self) -> bool {
        let here = self.bodies.get(self.body).is_none_or(|piece| self.at >= piece.len());
        here && self.bodies.iter().skip(self.body + 1).all(|piece| piece.is_empty())
    }
}

/// The little-endian 16-bit number at an offset.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// The little-endian 32-bit number at an offset.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The little-endian 64-bit float at an offset.
pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
    }

    #[test]
    fn a_text_goes_on_in_the_next_record_in_another_width() {
        let wide: Vec<u8> = "台账".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let first = [&[5, 0, 1][..], &wide].concat();
        let stream = [record(0xFC, &first), record(CONTINUE, b"\0abc")].concat();
        let record = Records::new(&stream).next().expect("one record");
        let mut pieces = record.pieces();
        assert_eq!(pieces.text::<2>().as_deref(), Some("台账abc"));
        assert!(pieces.is_over());
    }

    #[test]
    fn numbers_go_on_in_the_next_record() {
        let stream = [record(0xFC, &[1, 2, 3]), record(CONTINUE, &[4, 5, 6])].concat();
        let record = Records::new(&stream).next().expect("one record");
        let mut pieces = record.pieces();
        assert_eq!((pieces.number::<4>(), pieces.number::<2>()), (Some(0x0403_0201), Some(0x0605)));
    }

    #[test]
    fn what_claims_more_than_there_is_ends_the_walk() {
        assert_eq!(Records::new(&[0x09, 0x08, 0xFF, 0xFF, 1]).count(), 0);
        let stream = record(0xFC, &[0xFF, 0xFF, 1, 65]);
        let record = Records::new(&stream).next().expect("one record");
        assert_eq!(record.pieces().text::<2>(), None);
    }

    #[test]
    fn what_follows_a_text_is_skipped_across_records() {
        // Flags, runs of formatting, bytes of phonetics, the character, then both of them.
        for (flags, counts, behind) in
            [(8, &[2, 0][..], 8), (4, &[3, 0, 0, 0], 3), (12, &[2, 0, 3, 0, 0, 0], 11), (0, &[], 0)]
        {
            for here in 0..=behind {
                let first = [&[1, 0, flags][..], counts, b"a", &vec![7; here]].concat();
                let second = [&vec![7; behind - here][..], &[1, 0, 0, b'b']].concat();
                let stream = [record(0xFC, &first), record(CONTINUE, &[]), record(CONTINUE, &second)].concat();
                let record = Records::new(&stream).next().expect("one record");
                let mut pieces = record.pieces();
                let texts = (pieces.text::<2>(), pieces.text::<2>());
                assert_eq!(texts, (Some("a".into()), Some("b".into())), "{flags} {here}");
                assert!(pieces.is_over());
            }
        }
        let stream = record(0xFC, &[0, 0]);
        let record = Records::new(&stream).next().expect("one record");
        assert_eq!(record.pieces().text::<2>().as_deref(), Some(""), "a blank text may lack its flags");
    }
}
