//! Reads 台账字段, which adds fields to the built-in ones or changes them.

use super::super::field_set::FieldSet;
use super::super::fields::{Aggregate, FieldSpec, FieldType, Required};
use super::super::indicator::{Indicator, Measure};
use super::super::lint::cell_not_understood;
use super::super::task::Task;
use super::columns::field as col;
use super::lines::{Cell, Line, Lines};
use super::marks;
use crate::basis::Bilingual;
use crate::basis::finding::Findings;
use crate::basis::text::{fold, heading_key, list};
use crate::read::Workbook;
use crate::table::Lexicon;

/// The built-in fields with the changes of the sheet. A line with the name or a synonym of a built-in field changes that
/// field, unless it gives a synonym another type: then it defines a new field.
pub(super) fn load(book: &Workbook, sheet: Option<u16>, out: &mut Findings) -> FieldSet {
    let built_in = FieldSet::builtin();
    let Some(number) = sheet else { return built_in };
    let mut specs = built_in.fields.clone();
    let lines = Lines::read(book, number, &col::columns());
    for line in lines.all() {
        let Line::Data(table, row) = line else { continue };
        let text = |id| lines.text(table, row, id);
        let items = |id| -> Vec<String> {
            list(&text(id)).into_iter().filter(|item| !marks::is_nothing(item)).map(ToOwned::to_owned).collect()
        };
        let name = text(col::NAME);
        let key = heading_key(&name);
        if key.is_empty() {
            let filled = [col::SYNONYMS, col::KIND, col::REQUIRED, col::CHOICES, col::AGGREGATE];
            if let Some(cell) =
                filled.into_iter().filter_map(|id| lines.cell(table, row, id)).find(|c| !c.text.is_empty())
            {
                let reason = Bilingual::fixed("没有写字段名", "the field is not named");
                cell_not_understood::note(
                    lines.row_place(table, row),
                    "台账字段",
                    &cell.text,
                    &reason,
                    Some(&cell_not_understood::NO_EFFECT),
                    out,
                );
            }
            continue;
        }
        let kind = known(lines.cell(table, row, col::KIND), kind, "类型", &KINDS, out);
        let required = known(lines.cell(table, row, col::REQUIRED), required, "必填", &REQUIRED, out);
        let aggregate = known(lines.cell(table, row, col::AGGREGATE), aggregate, "汇总方式", &AGGREGATES, out);
        let choices = items(col::CHOICES);
        let named = specs.iter().position(|spec| heading_key(&spec.name) == key);
        let meant = || {
            let known = built_in.field(&key)?.0 as usize;
            kind.is_none_or(|kind| kind == specs[known].kind).then_some(known)
        };
        let at = named.or_else(meant).unwrap_or_else(|| {
            let kind = if choices.is_empty() { FieldType::Text } else { FieldType::Choice };
            specs.push(FieldSpec::named(&name, kind));
            specs.len() - 1
        });
        let spec = &mut specs[at];
        spec.synonyms.extend(items(col::SYNONYMS));
        spec.synonyms.extend(whole_headings(&text(col::SYNONYMS)));
        if spec.name != name {
            spec.synonyms.push(name);
        }
        let keeps = at < built_in.fields.len() && is_understood(built_in.fields[at].kind);
        match kind {
            Some(FieldType::Text | FieldType::Choice) if keeps => spec.closed = kind == Some(FieldType::Choice),
            Some(kind) => spec.kind = kind,
            None => {}
        }
        spec.required = required.unwrap_or(spec.required);
        spec.aggregate = aggregate.or(spec.aggregate);
        if !choices.is_empty() {
            spec.choices = choices;
        }
        for (cell, column, reason) in useless(spec, &lines, table, row) {
            cell_not_understood::note(cell.place, column, &cell.text, reason, None, out);
        }
    }
    FieldSet::new(specs)
}

/// Whether cells of a built-in field of this type mean more than their wording. That 完成情况 is chosen from a list, or is
/// text as every cell is, does not change what its words say.
fn is_understood(kind: FieldType) -> bool {
    matches!(kind, FieldType::Status | FieldType::Date | FieldType::Units)
}

/// The cells of a line that say nothing for the kind of its field, with the column and the reason: a choice of nothing, a
/// sum of texts.
fn useless(
    spec: &FieldSpec,
    lines: &Lines<'_>,
    table: usize,
    row: u32,
) -> impl Iterator<Item = (Cell, &'static str, &'static Bilingual)> {
    let choice = (spec.kind == FieldType::Choice || spec.closed) && spec.choices.is_empty();
    let numbers = matches!(spec.kind, FieldType::Integer | FieldType::Decimal | FieldType::Percent);
    let sum = spec.aggregate == Some(Aggregate::Sum) && !numbers;
    let choice = lines.cell(table, row, col::KIND).filter(|_| choice).map(|cell| (cell, "类型", &NO_CHOICES));
    let sum = lines.cell(table, row, col::AGGREGATE).filter(|_| sum).map(|cell| (cell, "汇总方式", &NO_SUM));
    choice.into_iter().chain(sum)
}

/// The headings of a list that hold a separator themselves, between line breaks and semicolons: 组会/讨论内容, 问题、措施.
fn whole_headings(synonyms: &str) -> Vec<String> {
    let parts = synonyms.split(['；', ';', '\n']).map(str::trim);
    parts.filter(|part| list(part).len() > 1).map(ToOwned::to_owned).collect()
}

/// The words allowed in each column, for P513.
static KINDS: Bilingual = Bilingual::fixed(
    "应为文本、整数、小数、百分比、日期、时间、单位、人员、选项、状态、材料之一",
    "文本 整数 小数 百分比 日期 时间 单位 人员 选项 状态 or 材料 belongs here",
);
static NO_CHOICES: Bilingual =
    Bilingual::fixed("没有写取值，什么内容都会通过", "取值 is blank, so that everything passes");
static NO_SUM: Bilingual = Bilingual::fixed("只有数能求和", "only numbers can be added up");
static REQUIRED: Bilingual = Bilingual::fixed("应为是、否或完成时", "是 否 or 完成时 belongs here");
static AGGREGATES: Bilingual =
    Bilingual::fixed("应为求和、计数、去重、最新、最小、最大之一", "求和 计数 去重 最新 最小 or 最大 belongs here");

/// Reads a cell that must contain one of the words of its column; another word is noted. Blank and 无 count as empty.
fn known<T>(
    cell: Option<Cell>,
    read: impl Fn(&str) -> Option<T>,
    column: &str,
    words: &Bilingual,
    out: &mut Findings,
) -> Option<T> {
    let cell = cell.filter(|cell| !marks::is_nothing(&cell.text) || fold(&cell.text) == "√")?;
    let read = read(&cell.text);
    if read.is_none() {
        cell_not_understood::note(cell.place, column, &cell.text, words, None, out);
    }
    read
}

/// Adds the fields that only indicators name: an unknown name becomes a field of this campaign. Counts of records and
/// days need no column, but a ledger may give them under their name.
pub(super) fn with_indicators(set: FieldSet, tasks: &[Task]) -> FieldSet {
    let mut specs: Vec<FieldSpec> = Vec::new();
    for test in tasks.iter().flat_map(Task::all_terms).flat_map(|terms| &terms.indicators).flat_map(Indicator::tests) {
        for names in test.measure.names() {
            let is_field = |name: &String| {
                set.field(&heading_key(name)).is_some()
                    || specs.iter().any(|spec| heading_key(&spec.name) == heading_key(name))
            };
            if names.iter().any(is_field) {
                continue;
            }
            // 宣传形式种类≥3种 counts the values of 宣传形式.
            let distinct = matches!(test.measure, Measure::Distinct(_));
            let Some(name) = (if distinct { names.last() } else { names.first() }) else { continue };
            let kind = match test.measure {
                Measure::Distinct(_) => FieldType::Text,
                _ if test.unit.as_deref() == Some("%") && matches!(test.measure, Measure::Each(_)) => {
                    FieldType::Percent
                }
                _ => FieldType::Decimal,
            };
            specs.push(FieldSpec { of_indicator: true, ..FieldSpec::named(name, kind) });
        }
    }
    if specs.is_empty() {
        return set;
    }
    FieldSet::new(set.fields.into_iter().chain(specs).collect())
}

/// The name of the only percentage field, to which a bare N% refers; none when there are several.
pub(super) fn only_rate(set: &FieldSet) -> Option<&str> {
    let mut rates = set.fields.iter().filter(|spec| spec.kind == FieldType::Percent);
    rates.next().filter(|_| rates.next().is_none()).map(|spec| spec.name.as_str())
}

fn kind(text: &str) -> Option<FieldType> {
    Some(match fold(text).as_str() {
        "文本" | "文字" | "text" => FieldType::Text,
        "整数" | "integer" => FieldType::Integer,
        "小数" | "数字" | "数值" | "decimal" => FieldType::Decimal,
        "百分比" | "比率" | "percent" => FieldType::Percent,
        "日期" | "date" => FieldType::Date,
        "时间" | "time" => FieldType::Time,
        "单位" | "units" => FieldType::Units,
        "人员" | "people" => FieldType::People,
        "选项" | "choice" => FieldType::Choice,
        "状态" | "status" => FieldType::Status,
        "材料" | "evidence" => FieldType::Evidence,
        _ => return None,
    })
}

fn required(text: &str) -> Option<Required> {
    Some(match fold(text).as_str() {
        "是" | "必填" | "必须" | "yes" | "true" | "√" => Required::Always,
        "完成时" | "完成时必填" => Required::WhenDone,
        "否" | "no" | "false" | "选填" | "不必填" | "非必填" => Required::Never,
        _ => return None,
    })
}

fn aggregate(text: &str) -> Option<Aggregate> {
    Some(match fold(text).as_str() {
        "求和" | "合计" | "累计" | "sum" => Aggregate::Sum,
        "计数" | "count" => Aggregate::Count,
        "去重" | "去重计数" | "distinct" => Aggregate::Distinct,
        "最新" | "latest" => Aggregate::Latest,
        "最小" | "min" => Aggregate::Min,
        "最大" | "max" => Aggregate::Max,
        _ => return None,
    })
}
