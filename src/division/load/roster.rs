//! Reads 单位名录, the roster.

use chrono::NaiveDate;

use super::super::lint::cell_not_understood;
use super::super::lint::name_variant;
use super::super::roster::{Roster, Unit};
use super::columns::unit as col;
use super::lines::{Cell, Line, Lines};
use super::{marks, names_alone};
use crate::basis::finding::Findings;
use crate::basis::text::{list, name_key, unmarked};
use crate::basis::{Bilingual, UnitId};
use crate::read::Workbook;

/// Reads the roster. Without the sheet it is empty and [`Roster::given`] is false.
pub(super) fn load(book: &Workbook, sheet: Option<u16>, near: NaiveDate, out: &mut Findings) -> Roster {
    let mut roster = Roster::default();
    let Some(number) = sheet else { return roster };
    roster.listed = true;
    let columns = col::columns();
    let mut lines = Lines::read(book, number, &columns);
    if lines.tables.is_empty()
        && let Some(table) = names_alone::table(&book.sheets[number as usize], &book.texts, &columns, col::NAME)
    {
        lines = Lines::of(book, number, &columns, vec![table]);
    }
    note_unread(&lines, out);
    let mut parents: Vec<(UnitId, Cell)> = Vec::new();
    for line in lines.all() {
        let Line::Data(table, row) = line else { continue };
        let text = |id| lines.text(table, row, id);
        let items = |id| -> Vec<String> {
            list(&text(id)).into_iter().filter(|item| !marks::is_nothing(item)).map(ToOwned::to_owned).collect()
        };
        let filled = |id| lines.cell(table, row, id).filter(|cell| !marks::is_nothing(&cell.text));
        let Some(name) = filled(col::NAME) else {
            if let Some(cell) = [col::ALIASES, col::GROUPS, col::HEADCOUNT, col::PARENT].into_iter().find_map(filled) {
                let reason = Bilingual::fixed("这一行没有写单位名称", "its line has no name of a unit");
                let effect = Some(&cell_not_understood::NO_EFFECT);
                cell_not_understood::note(cell.place, "单位名录", &cell.text, &reason, effect, out);
            }
            continue;
        };
        let mut told = |cell: &Cell, column: &str, reason: &Bilingual, effect: &Bilingual| {
            cell_not_understood::note(cell.place, column, &cell.text, reason, Some(effect), out);
        };
        let mut days = |id, column: &str, effect: &Bilingual| {
            let cell = filled(id)?;
            let days = cell.days(near);
            if days.is_none() {
                told(&cell, column, &cell_not_understood::DAY, effect);
            }
            days
        };
        let from = days(col::FROM, "起用日期", &Bilingual::fixed("按一直在用统计", "the unit counts as always in use"));
        let until = days(col::UNTIL, "停用日期", &Bilingual::fixed("按仍在用统计", "the unit counts as still in use"));
        let until = until.filter(|(_, last)| {
            let open = from.is_none_or(|(first, _)| first <= *last);
            if let Some(cell) = filled(col::UNTIL).filter(|_| !open) {
                let reason = Bilingual::fixed("早于起用日期", "it is before 起用日期");
                told(&cell, "停用日期", &reason, &Bilingual::fixed("按仍在用统计", "the unit counts as still in use"));
            }
            open
        });
        let headcount = filled(col::HEADCOUNT).and_then(|cell| {
            let number = cell.number().filter(|number| *number > 0.0 && number.fract() <= 0.0);
            if number.is_none() {
                let reason = Bilingual::fixed("应为正整数，如 12", "a whole number such as 12 belongs here");
                told(
                    &cell,
                    "人数",
                    &reason,
                    &Bilingual::fixed("按人均的指标无法核对", "indicators per person cannot be told"),
                );
            }
            number
        });
        let unit = Unit {
            aliases: items(col::ALIASES),
            groups: items(col::GROUPS),
            headcount,
            contact: text(col::CONTACT),
            phone: text(col::PHONE),
            from: from.map(|(first, _)| first),
            until: until.map(|(_, last)| last),
            ..Unit::named(unmarked(name.text.trim_end_matches('。')), lines.row_place(table, row))
        };
        let id = if let Some(known) = roster.find(&unit.name) {
            complete(&mut roster, known, unit);
            known
        } else {
            let (id, taken) = roster.add(unit);
            for alias in taken {
                name_variant::note_alias(name.place, &alias, id, &roster, out);
            }
            id
        };
        parents.extend(filled(col::PARENT).map(|cell| (id, cell)));
    }
    roster.named = roster.units.len();
    roster.given = roster.named > 0;
    // A parent may come after its children in the sheet, or be missing; then it is not a unit that owes reports.
    for (id, cell) in parents {
        let parent = roster.find(&cell.text);
        if parent == Some(id) {
            let reason = Bilingual::fixed("上级单位就是本单位", "a unit is not its own parent");
            let effect = Bilingual::fixed("按没有上级统计", "the unit counts as having none");
            cell_not_understood::note(cell.place, "上级单位", &cell.text, &reason, Some(&effect), out);
        }
        roster.units[id.0 as usize].parent = parent.filter(|parent| *parent != id);
    }
    roster
}

/// Words in a heading that seem to say what a roster is asked for: since when and until when, groups, other names, people.
/// Who is in charge and how to reach them is nobody's business here.
const ASKED: &[&str] =
    &["时间", "时刻", "日期", "启用", "起用", "停用", "撤销", "分组", "组别", "别名", "简称", "又名", "曾用", "人数"];

/// Notes what the sheet holds and nobody reads: columns that seem to say what a roster is asked for, or all of its rows.
fn note_unread(lines: &Lines<'_>, out: &mut Findings) {
    let asked = |heading: &str| ASKED.iter().any(|word| heading.contains(word));
    for (heading, place) in lines.unknown().into_iter().filter(|(heading, _)| asked(heading)) {
        let reason = Bilingual::fixed("名录没有这一栏", "a roster has no such column");
        let effect = Bilingual::fixed("这一栏不起作用", "this column has no effect");
        cell_not_understood::note(place, "单位名录", heading, &reason, Some(&effect), out);
    }
    if let Some((seen, place)) = lines.unread() {
        let reason = Bilingual::fixed("没有读到“单位名称”一栏的单位", "no unit is found under 单位名称");
        let effect = Bilingual::fixed("名录不起作用", "the roster has no effect");
        cell_not_understood::note(place, "单位名录", &seen, &reason, Some(&effect), out);
    }
}

/// Merges a second line for the same unit, which usually adds a group.
fn complete(roster: &mut Roster, known: UnitId, more: Unit) {
    for group in &more.groups {
        let members = roster.groups.entry(super::super::roster::group_key(group)).or_default();
        if !members.contains(&known) {
            members.push(known);
            members.sort_unstable();
        }
    }
    for alias in &more.aliases {
        roster.names.entry(name_key(alias)).or_insert(known);
    }
    let unit = &mut roster.units[known.0 as usize];
    unit.groups.extend(more.groups.into_iter().filter(|group| !unit.groups.contains(group)).collect::<Vec<_>>());
    unit.aliases.extend(more.aliases.into_iter().filter(|alias| !unit.aliases.contains(alias)).collect::<Vec<_>>());
    unit.headcount = unit.headcount.or(more.headcount);
    unit.from = unit.from.or(more.from);
    unit.until = unit.until.or(more.until);
    for (own, other) in [(&mut unit.contact, more.contact), (&mut unit.phone, more.phone)] {
        if own.is_empty() {
            *own = other;
        }
    }
}
