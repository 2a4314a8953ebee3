//! Active content. Macros are removed from a workbook before it is sent on; a workbook with other active content is not
//! changed at all.

use super::Package;
use super::unfit::Unfit;

/// The type of a workbook without macros.
const PLAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
/// Relations to macros and their toolbars; nothing else refers to these parts.
const MACROS: [&str; 4] = ["vbaProject", "wordVbaData", "extensibility", "attachedToolbars"];
/// Relations to other active content, and to signatures, which a change would break.
const OTHERS: [&str; 12] = [
    "control", "oleObject", "package", "connections", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet",
    "activeXControlBinary", "origin", "webextensiontaskpanes", "ddeLink", "oleLink",
];

impl Package<'_> {
    /// Removes macros.
    ///
    /// # Errors
    /// [`Unfit`] when the workbook has controls, embedded objects, connections or links that update themselves, or is
    /// signed.
    pub fn without_macros(&mut self) -> Result<(), Unfit> {
        let book = self.book()?;
        let parts =
            ["", &book.path].map(str::to_owned).into_iter().chain(book.sheets.into_iter().map(|sheet| sheet.part));
        for part in parts {
            for relation in self.relations(&part)? {
                let word = relation.word().to_owned();
                if OTHERS.contains(&word.as_str()) {
                    return Err(Unfit(format!("it holds {word}").into()));
                }
                if MACROS.contains(&word.as_str()) {
                    self.unrelate(&part, &relation.id)?;
                    self.remove(&relation.target)?;
                }
                if word == "externalLink" {
                    let link = self.document(&relation.target)?;
                    if link.windows(8).any(|eight| matches!(eight, b"<ddeLink" | b"<oleLink")) {
                        return Err(Unfit("it fetches by itself".into()));
                    }
                }
            }
        }
        self.retype(&book.path, PLAIN)
    }
}
