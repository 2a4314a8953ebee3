//! The number formats of cell styles.

use std::collections::BTreeMap;
use std::io::{self, Read};

use crate::read::numfmt::{self, Shown};
use crate::read::xml::{Token, Xml};

/// What the number format of each cell style shows, by style number.
pub(super) fn read<R: Read>(mut xml: Xml<R>) -> io::Result<Vec<Shown>> {
    let (mut codes, mut styles, mut of_cells) = (BTreeMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                // Looks for differences have formats under numbers of their own.
                b"dxfs" | b"extLst" => xml.skip()?,
                b"numFmt" => {
                    if let (Some(id), Some(code)) = (number(tag.attribute("numFmtId")), tag.text("formatCode")) {
                        codes.insert(id, numfmt::by_code(&code));
                    }
                }
                b"cellXfs" => of_cells = true,
                b"xf" if of_cells => {
                    let id = number(tag.attribute("numFmtId")).unwrap_or(0);
                    styles.push(codes.get(&id).copied().or_else(|| numfmt::builtin(id)).unwrap_or_default());
                }
                _ => {}
            },
            Token::End(b"cellXfs") => of_cells = false,
            Token::Eof => return Ok(styles),
            _ => {}
        }
    }
}

fn number(raw: Option<&[u8]>) -> Option<u32> {
    std::str::from_utf8(raw?).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Shown::{Dayless, Moment, Percent, Plain};
    use super::*;

    #[test]
    fn cell_styles_show_what_their_formats_show() {
        let part = "<styleSheet><numFmts><numFmt numFmtId='176' formatCode='yyyy&quot;年&quot;m&quot;月&quot;'/><numFmt numFmtId='14' formatCode='0.0'/></numFmts>
            <dxfs><dxf><numFmt numFmtId='176' formatCode='0.0'/></dxf></dxfs><cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>
            <cellXfs><xf numFmtId='0'/><xf numFmtId='176'/><xf numFmtId='9'/><xf numFmtId='31'/><xf numFmtId='14'/><xf/></cellXfs></styleSheet>";
        let styles = read(Xml::open(part.as_bytes()).expect("opened")).expect("read");
        assert_eq!(
            styles,
            [Plain, Dayless(crate::read::Dayless::Month), Percent, Moment, Plain, Plain],
            "a file may redefine a built-in number"
        );
    }
}
