//! Why a package cannot be changed.

use std::borrow::Cow;
use std::fmt;

/// The reason why a package cannot be changed.
#[derive(Debug)]
pub struct Unfit(pub Cow<'static, str>);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

impl From<zip::result::ZipError> for Unfit {
    fn from(error: zip::result::ZipError) -> Unfit {
        Unfit(error.to_string().into())
    }
}

impl From<std::io::Error> for Unfit {
    fn from(error: std::io::Error) -> Unfit {
        Unfit(error.to_string().into())
    }
}

/// Fails for this reason.
pub(super) fn unfit<T>(why: &'static str) -> Result<T, Unfit> {
    Err(Unfit(why.into()))
}
