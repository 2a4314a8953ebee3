//! Parses one comparison: `巡查次数≥3/周`, `每人每月志愿服务时长不少于2小时`, `不少于4次/年`, `每周巡查三天`.

use winnow::Parser;
use winnow::combinator::{alt, eof, not, opt, peek, preceded, repeat, repeat_till};
use winnow::error::ParserError;
use winnow::stream::{Location, Stream};
use winnow::token::{any, one_of, take_while};

use super::input::{Expected, Input, Read, stop};
use super::numbers::{number, whole};
use super::periods::{before_bound, leading};
use super::quantity::{is_letter, limit, quantity, relation, unit};
use super::within::{is_rank, is_within};
use super::words::{COUNTING, MODALS, Part, SHARES, Share, Sort};
use super::{Measure, Names, Per, Relation, Test, Turn, is_average};
use crate::basis::calendar::Cycle;

/// Parses one comparison.
pub(super) fn comparison(input: &mut Input<'_>) -> Read<Test> {
    let (begin, written, from): (usize, &str, _) = (input.current_token_start(), input.as_ref(), input.checkpoint());
    let compared = relation_ahead(*input);
    let mut shares: Vec<Part> = repeat(0.., alt((each_share, before_bound(compared, true)))).parse_next(input)?;
    let mut name = field_name(input, compared)?;
    // 专题研究每年不少于4次, 干部职工每人每月志愿服务时长不少于2小时.
    let more: Vec<Part> = repeat(0.., alt((each_share, before_bound(compared, false)))).parse_next(input)?;
    if !more.is_empty() {
        shares.extend(more);
        name = Some(field_name(input, compared)?).filter(|more| !more.is_empty()).unwrap_or(name);
    }
    let over = match opt('÷').parse_next(input)? {
        Some(_) => Some(field_name(input, compared)?),
        None => None,
    };
    if over.as_ref().is_some_and(String::is_empty) || over.is_some() && name.is_empty() {
        return stop(Expected::Name);
    }
    let at_quantity = input.checkpoint();
    let stated = opt(relation).parse_next(input)?;
    if stated.is_none() && (compared || peek(quantity).parse_next(input).is_err()) {
        let nothing = name.is_empty() && shares.is_empty();
        return stop(if nothing { Expected::Condition } else { Expected::Relation });
    }
    // 至少开展一次: the verb belongs to the name.
    let mut adjacent = stated.is_none();
    let verb = (take_while(1..=4, is_letter), peek(quantity)).map(|found: (&str, _)| found.0);
    if stated.is_some()
        && let Some(verb) = opt(preceded(not(quantity), verb)).parse_next(input)?
    {
        name.push_str(verb);
        adjacent = true;
    }
    let Some((bound, sort)) = opt(quantity).parse_next(input)? else { return stop(Expected::Number) };
    let limits = opt(limit).parse_next(input)?;
    let upper = matches!(stated, Some(Relation::AtMost | Relation::Less));
    let alone = name.is_empty() && shares.is_empty();
    if adjacent && is_rank(&name, sort) || !upper && is_within(sort, input.as_ref(), limits, alone) {
        return stop(Expected::Amount);
    }
    let certain = !shares.is_empty() || limits.is_some();
    // 3个, 90%: only a bound.
    let bare = name.is_empty() && over.is_none() && sort.is_some();
    if stated.is_none() && !bare && !(certain && implied(&name, sort)) {
        input.reset(&at_quantity);
        return stop(Expected::Relation);
    }
    let relation = match (stated, limits) {
        (None | Some(Relation::Equal), Some(limit)) => limit,
        (Some(stated), _) => stated,
        (None, None) => Relation::AtLeast,
    };
    while let Some(share) = opt(alt((each_share, slash_share))).parse_next(input)? {
        shares.push(share);
    }
    if opt('/').parse_next(input)?.is_some() {
        return stop(Expected::Share);
    }
    let object = take_while(0.., is_letter).parse_next(input)?;
    let unit = sort.map(|sort| sort.0).or(Some(object).filter(|object| !object.is_empty()));
    let named = name.ends_with("次数") || name.ends_with("天数");
    let counted = named || matches!(sort, Some((_, Sort::Times | Sort::Days))) && !counts(&name);
    let cyclic = shares.iter().any(|(_, share)| matches!(share, Share::Cycle(_)));
    if let Some((period, rest)) = leading(&name).filter(|_| counted && !cyclic) {
        let Some(part) = period else {
            input.reset(&from);
            return stop(Expected::Cycle);
        };
        shares.push(part);
        // a ledger may have a column of the whole name
        name = if named { name } else { rest.to_owned() };
    }
    let (per, record) = per(&shares);
    let Some(measure) = measure(&name, over, sort.map(|sort| sort.1), record).map(not_summed) else {
        input.reset(&from);
        return stop(Expected::Name);
    };
    let unsigned = unit.is_none() && matches!(measure, Measure::Each(_)) && is_rate(&name);
    let bound = match sort {
        Some((_, Sort::Rate)) => bound / 100.0,
        _ if unsigned => match share_of(bound, relation) {
            Some(share) => share,
            None => return stop(Expected::Percent),
        },
        _ => bound,
    };
    Ok(Test {
        measure,
        relation,
        bound,
        unit: if unsigned { Some("%") } else { unit }.map(ToOwned::to_owned),
        per,
        text: written[..input.current_token_start() - begin].to_owned(),
    })
}

/// Whether a relation follows before the end of this comparison.
fn relation_ahead(mut input: Input<'_>) -> bool {
    let mut stated = false;
    while !input.is_empty() && peek(end).parse_next(&mut input).is_err() {
        if relation.parse_next(&mut input).is_ok() {
            return true;
        }
        // In 每周巡查三天或… the quantity is given; a relation after 或 belongs to the next comparison.
        stated |= peek((number, unit)).parse_next(&mut input).is_ok();
        match any::<_, winnow::error::ErrMode<winnow::error::ContextError<Expected>>>.parse_next(&mut input) {
            Ok('或') if stated => return false,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    false
}

/// Parses what ends a comparison.
fn end(input: &mut Input<'_>) -> Read<()> {
    alt((eof.void(), one_of([',', ';', ':', '且']).void(), ('、', alt(("每", "不", "至少", "至多"))).void()))
        .parse_next(input)
}

/// Parses the name of a field, which may be empty: up to a relation, a 每…, a division sign or the end; without a
/// relation, up to the first number with a unit.
fn field_name(input: &mut Input<'_>, compared: bool) -> Read<String> {
    let stated = move |input: &mut Input<'_>| -> Read<()> {
        if compared {
            return Err(ParserError::from_input(input));
        }
        (number, alt((unit.void(), '/'.void(), end))).void().parse_next(input)
    };
    let period = before_bound(compared, false).void();
    let until = alt((end, '÷'.void(), relation.void(), each_share.void(), period, stated));
    let name: (String, ()) = repeat_till(0.., any, peek(until)).parse_next(input)?;
    Ok(bare(&name.0).to_owned())
}

/// Removes 应, 须 and the like, which belong to the relation: 公益广告占比要 becomes 公益广告占比, 会议纪要 stays.
fn bare(mut name: &str) -> &str {
    while let Some(shorter) = MODALS.iter().find_map(|word| name.strip_suffix(word)) {
        if ["纪要", "摘要", "概要", "提要"].iter().any(|noun| name.ends_with(noun)) {
            break;
        }
        name = shorter;
    }
    name
}

/// Parses 每年, 每人, 每次, 每两年; 全年 means each year.
fn each_share(input: &mut Input<'_>) -> Read<Part> {
    let whole_year = (alt(("全年度", "全年", "本年度", "一年内")), not('龄')).value((1, Share::Cycle(Cycle::Year)));
    alt((whole_year, preceded("每", share))).parse_next(input)
}

/// Parses /年, /人, /2年, /每月.
fn slash_share(input: &mut Input<'_>) -> Read<Part> {
    preceded(('/', opt("每")), share).parse_next(input)
}

fn share(input: &mut Input<'_>) -> Read<Part> {
    let count = opt(whole.verify(|count| *count > 0)).parse_next(input)?;
    for &(word, share) in SHARES {
        if opt(word).parse_next(input)?.is_some() {
            return Ok((count.unwrap_or(1), share));
        }
    }
    Err(ParserError::from_input(input))
}

/// Whether a quantity without a relation is a lower bound: 每周巡查三天, 每次巡查人数2人.
fn implied(name: &str, sort: Option<(&'static str, Sort)>) -> bool {
    match sort.map(|sort| sort.1) {
        Some(Sort::Times | Sort::Days | Sort::Amount("人数" | "时长")) => true,
        _ => counts(name),
    }
}

/// Whether a name already says what it counts: 公益广告处数, 装灯率.
fn counts(name: &str) -> bool {
    COUNTING.iter().any(|ending| name.ends_with(ending))
}

/// Whether a name is that of a share of a whole: 装灯率, 公益广告占比. Other rates (频率, 容积率) are plain numbers.
pub(crate) fn is_rate(name: &str) -> bool {
    let plain = ["频率", "功率", "速率", "汇率", "心率", "分辨率", "容积率"];
    name.ends_with('率') && !plain.iter().any(|ending| name.ends_with(ending)) || name.ends_with("占比")
}

/// The share that a bound without a percent sign means: 95 and 0.95 are both 0.95. None where it may be either: at most 0.5
/// is 50 % or 0.5 %.
fn share_of(bound: f64, relation: Relation) -> Option<f64> {
    match relation {
        _ if bound > 1.0 => Some(bound / 100.0),
        Relation::AtMost | Relation::Less if bound > 0.0 => None,
        _ => Some(bound),
    }
}

fn per(shares: &[Part]) -> (Per, bool) {
    let mut per = Per::default();
    let mut record = false;
    for &(count, share) in shares {
        match share {
            Share::Cycle(cycle) => per.turn = Some(Turn { count, cycle }),
            Share::Person => per.person = true,
            Share::Record => record = true,
        }
    }
    (per, record)
}

/// Averages do not add up: as rates, each record is compared by itself.
fn not_summed(measure: Measure) -> Measure {
    match measure {
        Measure::Sum(names) if is_average(&names[0]) => Measure::Each(names),
        measure => measure,
    }
}

/// What is measured; none when the field cannot be determined.
fn measure(name: &str, over: Option<String>, sort: Option<Sort>, record: bool) -> Option<Measure> {
    if let Some(over) = over {
        return Some(Measure::Ratio(vec![name.to_owned()], vec![over]));
    }
    let with = |ending: &str| -> Names {
        match name {
            "" => vec![ending.to_owned()],
            name if counts(name) => vec![name.to_owned()],
            name => vec![format!("{name}{ending}"), name.to_owned()],
        }
    };
    let own = || (!name.is_empty()).then(|| vec![name.to_owned()]);
    // 3个, 5家 are counted in 数量; people and hours have their own fields.
    let amount = |ending: &str| -> Names {
        match (name, ending) {
            ("", "人次") => vec!["人数".to_owned(), ending.to_owned()],
            ("", ending) if ending.ends_with('数') && ending != "人数" => vec!["数量".to_owned(), ending.to_owned()],
            _ => with(ending),
        }
    };
    let times = name.ends_with("次数") || name.ends_with("场次") || name.ends_with("场数");
    if record {
        return Some(Measure::Each(match sort {
            Some(Sort::Amount(ending)) => amount(ending),
            _ => own()?,
        }));
    }
    Some(match sort {
        // A bare rate refers to the only percentage column, which the caller knows.
        Some(Sort::Rate) => Measure::Each(own().unwrap_or_default()),
        Some(Sort::Kinds) => {
            let bare = ["种类数", "种类", "种数", "类别数"].iter().find_map(|ending| name.strip_suffix(ending));
            let mut names = own()?;
            names.extend(bare.filter(|bare| !bare.is_empty()).map(ToOwned::to_owned));
            Measure::Distinct(names)
        }
        _ if times => Measure::Count(own()?),
        Some(Sort::Times) if counts(name) => Measure::Sum(own()?),
        Some(Sort::Times) => Measure::Count(vec![format!("{name}次数")]),
        Some(Sort::Days) => {
            let bare = Some(name).filter(|name| !name.is_empty()).map(ToOwned::to_owned);
            let days = vec![format!("{name}天数")];
            Measure::Days(if name.ends_with("天数") { own()? } else { days.into_iter().chain(bare).collect() })
        }
        _ if name.ends_with("天数") => Measure::Days(own()?),
        _ if name.ends_with('率') || name.ends_with("占比") => Measure::Each(own()?),
        // Without a name, only numbers of people, hours or pieces can be attributed to a field.
        Some(Sort::Amount(ending)) if !name.is_empty() || ending == "时长" || ending.ends_with(['数', '次']) => {
            Measure::Sum(amount(ending))
        }
        Some(Sort::Amount(_)) | None => Measure::Sum(own()?),
    })
}
