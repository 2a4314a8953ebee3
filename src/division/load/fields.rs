//! 台账字段 → the fields of a ledger: adds to the built-in ones or changes them.

use super::super::fields::{Aggregate, FieldSet, FieldSpec, FieldType, Required};
use super::columns::field as col;
use super::lines::{Line, Lines};
use super::marks;
use crate::basis::text::{fold, heading_key, list};
use crate::read::Workbook;
use crate::table::Lexicon;

/// The built-in fields, with what the sheet says. A name that is a built-in field's or one of its other headings
/// changes that field, unless it is given another type: then it is a field of its own.
pub(super) fn load(book: &Workbook, sheet: Option<u16>) -> FieldSet {
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
            continue;
        }
        let (kind, choices) = (kind(&text(col::KIND)), items(col::CHOICES));
        let named = specs.iter().position(|spec| heading_key(&spec.name) == key);
        let meant = || {
            let known = built_in.field(&key)?.0 as usize;
            kind.is_none_or(|kind| kind == specs[known].kind).then_some(known)
        };
        let at = named.or_else(meant).unwrap_or_else(|| {
            let kind = if choices.is_empty() { FieldType::Text } else { FieldType::Choice };
            specs.push(FieldSpec {
                name: name.clone(),
                synonyms: Vec::new(),
                kind,
                required: Required::Never,
                choices: Vec::new(),
                aggregate: None,
            });
            specs.len() - 1
        });
        let spec = &mut specs[at];
        spec.synonyms.extend(items(col::SYNONYMS));
        if spec.name != name {
            spec.synonyms.push(name);
        }
        spec.kind = kind.unwrap_or(spec.kind);
        spec.required = required(&text(col::REQUIRED)).unwrap_or(spec.required);
        spec.aggregate = aggregate(&text(col::AGGREGATE)).or(spec.aggregate);
        if !choices.is_empty() {
            spec.choices = choices;
        }
    }
    FieldSet::new(specs)
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
        "是" | "必填" | "yes" | "true" | "√" => Required::Always,
        "完成时" | "完成时必填" => Required::WhenDone,
        "否" | "no" | "false" | "选填" => Required::Never,
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
