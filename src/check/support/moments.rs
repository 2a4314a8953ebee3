//! The moments at which some obligations are due or were reported, in a sentence.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::{listing, task_codes};
use crate::basis::Bilingual;
use crate::basis::calendar::format::moment_words;
use crate::basis::finding::Finding;
use crate::division::Context;
use crate::obligation::Obligation;

/// The most tasks, and the most moments, that are named.
const MOST: usize = 10;

/// Sets until when some obligations were to be reported, and the tasks they are about, which stand beside their due times
/// where these differ.
pub(in crate::check) fn due(cx: &Context<'_>, obligations: &[&Obligation], finding: &mut Finding) {
    let moments = by_moment(obligations, |one| Some(one.due));
    finding.expected(told(cx, &moments));
    if moments.len() == 1 {
        finding.fact("tasks", listing(&task_codes(cx, obligations), MOST));
    }
}

/// The moments of some obligations: one that is the same for all stands alone, else each stands with its tasks:
/// 2014年9月5日17时（1-1、1-3）、2014年9月10日（1-2）. None where no obligation has one.
pub(in crate::check) fn moments(
    cx: &Context<'_>,
    obligations: &[&Obligation],
    of: impl Fn(&Obligation) -> Option<NaiveDateTime>,
) -> Option<Bilingual> {
    let moments = by_moment(obligations, of);
    (!moments.is_empty()).then(|| told(cx, &moments))
}

fn by_moment<'a>(
    obligations: &[&'a Obligation],
    of: impl Fn(&Obligation) -> Option<NaiveDateTime>,
) -> BTreeMap<NaiveDateTime, Vec<&'a Obligation>> {
    let mut moments: BTreeMap<NaiveDateTime, Vec<&Obligation>> = BTreeMap::new();
    for &obligation in obligations {
        if let Some(at) = of(obligation) {
            moments.entry(at).or_default().push(obligation);
        }
    }
    moments
}

fn told(cx: &Context<'_>, moments: &BTreeMap<NaiveDateTime, Vec<&Obligation>>) -> Bilingual {
    Bilingual::each(|lang| {
        let each = moments.iter().map(|(at, obligations)| {
            let at = moment_words(*at, lang);
            if moments.len() == 1 {
                return at;
            }
            let codes = listing(&task_codes(cx, obligations), MOST);
            let codes = codes.in_lang(lang);
            lang.pick(format!("{at}（{codes}）"), format!("{at} ({codes})"))
        });
        listing(&each.collect::<Vec<_>>(), MOST).in_lang(lang).to_owned()
    })
}
