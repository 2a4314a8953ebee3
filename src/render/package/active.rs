//! What a workbook that is sent on must not hold: macros go, and with anything else that acts by itself it is not
//! carried.

use super::Package;
use super::unfit::Unfit;

/// The type of a workbook without macros.
const PLAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
/// Relations by which macros and the buttons of their own come; nothing else refers to them.
const MACROS: [&str; 4] = ["vbaProject", "wordVbaData", "extensibility", "attachedToolbars"];
/// Relations of what acts by itself, or vouches for bytes that change.
const OTHERS: [&str; 12] = [
    "control", "oleObject", "package", "connections", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet",
    "activeXControlBinary", "origin", "webextensiontaskpanes", "ddeLink", "oleLink",
];

impl Package<'_> {
    /// Takes macros away.
    ///
    /// # Errors
    /// [`Unfit`] when the workbook holds controls, embedded objects, connections, links that fetch by themselves, or is
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
