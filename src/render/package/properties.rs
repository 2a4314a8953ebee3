//! Custom document properties of a package.

use super::Package;
use super::splices::{Splices, escaped};
use super::unfit::Unfit;
use crate::read::decimal;
use crate::read::xml::{Mark, spans};

const PART: &str = "docProps/custom.xml";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
const EMPTY: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"></Properties>"#;
/// The format id of custom properties.
const FORMAT: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

impl Package<'_> {
    /// Sets custom properties; others stay.
    ///
    /// # Errors
    /// [`Unfit`] when their part cannot be changed.
    pub fn stamp(&mut self, properties: &[(String, String)]) -> Result<(), Unfit> {
        let named = self.relations("")?.into_iter().find(|relation| relation.word() == "custom-properties");
        let part = named.as_ref().map_or(PART, |relation| relation.target.as_str()).to_owned();
        if named.is_none() {
            self.add(&part, TYPE, EMPTY.into())?;
            self.relate("", "custom-properties", &part)?;
        }
        let document = self.document(&part)?;
        let (mut cut, mut open, mut last) = (Splices::of(&document), None, 1);
        let mut end = None;
        for span in spans(&document) {
            match span.mark {
                Mark::Start(tag) if tag.name == b"property" => {
                    last = last.max(tag.attribute("pid").and_then(decimal).unwrap_or_default());
                    let ours = tag.text("name").is_some_and(|name| properties.iter().any(|(own, _)| *own == name));
                    open = ours.then_some(span.at.start);
                }
                Mark::End(b"property") => {
                    if let Some(from) = open.take() {
                        cut.replace(from..span.at.end, "");
                    }
                }
                Mark::End(b"Properties") => end = Some(span.at.start),
                _ => {}
            }
        }
        let Some(end) = end else { return super::unfit("properties without end") };
        for (at, (name, value)) in properties.iter().enumerate() {
            let (id, name, value) = (last + 1 + at as u32, escaped(name), escaped(value));
            // The prefix of the values is declared here, because the part may use another.
            cut.insert(end, &format!(r#"<property fmtid="{FORMAT}" pid="{id}" name="{name}"><vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{value}</vt:lpwstr></property>"#));
        }
        let document = cut.finish();
        self.set(&part, document);
        Ok(())
    }
}
