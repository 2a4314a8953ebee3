//! Styles: the names, outline levels, automatic numbers and hidden text that styles.xml defines.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

use super::props::{self, OfParagraph};
use crate::read::xml::{Token, Xml};

/// The most styles kept.
const MAX_STYLES: usize = 20_000;
/// The longest chain of styles based on one another.
const MAX_CHAIN: usize = 20;

/// The styles of a document by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    usual: Option<String>,
}

/// A style; [`Styles::read`] also fills in what it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Its name; none for the default paragraph style.
    pub(super) name: Option<Arc<str>>,
    /// Its list: that of [`OfParagraph::list`].
    pub(super) list: Option<u32>,
    /// Its list level, if stated.
    pub(super) level: Option<u8>,
    /// Its outline level.
    pub(super) outline: Option<u8>,
    /// Whether its text is hidden; none if not stated.
    pub(super) hidden: Option<bool>,
    based_on: Option<String>,
}

impl Styles {
    /// Reads styles.xml.
    pub(super) fn read<R: Read>(mut xml: Xml<R>) -> io::Result<Styles> {
        let mut styles = Styles::default();
        let mut open: Option<(String, Style, bool)> = None;
        loop {
            match xml.next()? {
                Token::Start(tag) => match (tag.name, &mut open) {
                    (b"style", _) => {
                        let usual = tag.is("default") && tag.attribute("type") == Some(b"paragraph");
                        open = tag.text("styleId").map(|id| (id, Style::default(), usual));
                    }
                    (b"name", Some((_, style, _))) => style.name = tag.text("val").map(Arc::from),
                    (b"basedOn", Some((_, style, _))) => style.based_on = tag.text("val"),
                    (b"pPr", Some((_, style, _))) => {
                        let OfParagraph { list, level, outline, .. } = props::of_paragraph(&mut xml)?.0;
                        (style.list, style.level, style.outline) = (list, level, outline);
                    }
                    (b"rPr", Some((_, style, _))) => style.hidden = props::of_run(&mut xml)?.hidden,
                    (b"tblStylePr" | b"tblPr" | b"trPr" | b"tcPr", _) => props::skip(&mut xml)?,
                    _ => {}
                },
                Token::End(b"style") => {
                    if let Some((id, style, usual)) = open.take()
                        && styles.styles.len() < MAX_STYLES
                    {
                        if usual {
                            styles.usual = Some(id.clone());
                        }
                        styles.styles.insert(id, style);
                    }
                }
                Token::Eof => {
                    styles.inherit();
                    return Ok(styles);
                }
                _ => {}
            }
        }
    }

    /// The style with this id; for none, the default paragraph style.
    pub(super) fn get(&self, id: Option<&str>) -> Option<&Style> {
        self.styles.get(id.or(self.usual.as_deref())?)
    }

    /// Fills in what each style inherits from the styles it is based on.
    fn inherit(&mut self) {
        let settled: Vec<(String, Style)> =
            self.styles.iter().map(|(id, style)| (id.clone(), self.whole(style))).collect();
        self.styles.extend(settled);
        if let Some(usual) = self.usual.as_ref().and_then(|id| self.styles.get_mut(id)) {
            usual.name = None;
        }
    }

    fn whole(&self, style: &Style) -> Style {
        let mut whole = style.clone();
        let heading =
            style.name.as_deref().and_then(|name| name.to_ascii_lowercase().strip_prefix("heading ")?.parse().ok());
        whole.outline = whole.outline.or(heading.and_then(|nth: u8| nth.checked_sub(1)));
        let mut below = style;
        for _ in 0..MAX_CHAIN {
            let Some(base) = below.based_on.as_ref().and_then(|id| self.styles.get(id)) else { break };
            if whole.list.is_none() {
                (whole.list, whole.level) = (base.list, whole.level.or(base.level));
            }
            whole.outline = whole.outline.or(base.outline);
            whole.hidden = whole.hidden.or(base.hidden);
            below = base;
        }
        // Word knows nine levels; the tenth is body text.
        whole.outline = whole.outline.filter(|level| *level < 9);
        whole
    }
}
