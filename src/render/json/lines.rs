//! How run.json is laid out: each item of a list at the top on a line of its own, so that two runs can be held against
//! each other line by line; nothing inside it is spread out, because of a large campaign that would be half of the file.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// So many bytes are handed on at once.
const PORTION: usize = 1 << 16;

/// Writes a value and a line end.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(to: &mut dyn Write, value: &impl Serialize) -> serde_json::Result<()> {
    // each bracket and each text is a write of its own
    let mut to = BufWriter::with_capacity(PORTION, to);
    value.serialize(&mut Serializer::with_formatter(&mut to, Lines::default()))?;
    to.write_all(b"\n").and_then(|()| to.flush()).map_err(serde_json::Error::io)
}

/// Counts how many brackets are open.
#[derive(Default)]
struct Lines {
    open: usize,
}

impl Lines {
    /// Entries of the outermost object and items of its lists begin a line.
    fn line<W: ?Sized + Write>(&self, to: &mut W, first: bool) -> io::Result<()> {
        if !first {
            to.write_all(b",")?;
        }
        if self.open <= 2 { to.write_all(b"\n") } else { Ok(()) }
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open += 1;
        to.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open -= 1;
        to.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.line(to, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open += 1;
        to.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open -= 1;
        to.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        if self.open == 1 {
            return self.line(to, first);
        }
        if first { Ok(()) } else { to.write_all(b",") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_a_list_at_the_top_is_a_line() {
        let value = serde_json::json!({
            "a": [{"x": [1, 2], "y": {"z": null}}, {}], "b": {"c": 1, "d": []}, "e": [], "f": "，\n"
        });
        let mut out = Vec::new();
        write(&mut out, &value).expect("written");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines = [
            "{",
            "\"a\":[",
            "{\"x\":[1,2],\"y\":{\"z\":null}},",
            "{}],",
            "\"b\":{\"c\":1,\"d\":[]},",
            "\"e\":[],",
            "\"f\":\"，\\n\"}",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), lines);
        assert!(text.ends_with("}\n"));
    }
}
