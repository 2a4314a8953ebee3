//! Determines the unit that submits each table, in the order of preference that the contract gives.

use super::about;
use super::lines_outside::line_place;
use super::record::UnitFrom;
use super::sender;
use super::sheets::{self, Surveyed};
use crate::basis::UnitId;
use crate::basis::place::{Place, Source};
use crate::division::{Context, Roster};
use crate::read::Sheet;
use crate::ruling::{Asker, FILE_NAME, Reach, Ruling, RulingKind, Rulings, Target, file_name};
use crate::table::Line;

/// What is known about the sender without the content of the sheets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outside {
    /// A ruling on this very file.
    pub(super) ruled: Option<(UnitId, UnitFrom)>,
    pub(super) register: Option<(UnitId, UnitFrom)>,
    pub(super) path: Option<(UnitId, UnitFrom)>,
    /// A ruling on files of this name: it counts where nothing else tells.
    pub(super) alike: Option<(UnitId, UnitFrom)>,
    /// The number of a ruling by which files of this name are not counted.
    pub(super) left_out: Option<u32>,
}

/// The unit that a ruling on a sender names.
fn unit_of(ruling: &Ruling) -> Option<(UnitId, UnitFrom)> {
    match ruling.target {
        Target::Unit(unit, _) => Some((unit, UnitFrom::Ruling(ruling.id))),
        _ => None,
    }
}

impl Outside {
    pub(super) fn of(source: &Source, cx: &Context<'_>, asker: &Asker<'_>) -> Outside {
        let roster = &cx.division.roster;
        let claimed = source.claim.as_deref().and_then(|claim| {
            let named = roster.find(claim).or_else(|| sender::in_words(claim, roster));
            let ruled = || cx.division.rulings.find(RulingKind::Sender, claim, asker).and_then(unit_of);
            named.map(|unit| (unit, UnitFrom::Register)).or_else(ruled)
        });
        let path = sender::of_source(source, &cx.settings.inbox, roster);
        let name = format!("{FILE_NAME}{}", file_name(&source.name));
        let alike = cx.division.rulings.find(RulingKind::Sender, &name, asker);
        Outside {
            ruled: alike.filter(|ruling| ruling.reach == Reach::Here).and_then(unit_of),
            register: claimed,
            path: path.map(|(unit, by_name)| (unit, if by_name { UnitFrom::FileName } else { UnitFrom::Folder })),
            alike: alike.and_then(unit_of),
            left_out: alike.filter(|ruling| ruling.target == Target::Without).map(|ruling| ruling.id),
        }
    }

    /// Without what rulings say of the file's name, where a name is written that nobody bears: then that is the doubt.
    pub(super) fn unless_named(self, surveyed: &[Surveyed], source: &Source, cx: &Context<'_>) -> Outside {
        let roster = &cx.division.roster;
        let unknown = |name: &str| roster.find(name).or_else(|| sender::in_words(name, roster)).is_none();
        let notes = surveyed.iter().flat_map(|sheet| &sheet.notes);
        let named = notes.flat_map(|notes| about::senders(notes)).map(|note| note.3.as_str());
        if named.chain(source.claim.as_deref()).any(unknown) {
            return Outside { ruled: None, alike: None, left_out: None, ..self };
        }
        self
    }

    /// What tells the sender whatever stands in the file.
    pub(super) fn first(&self) -> Option<(UnitId, UnitFrom)> {
        self.ruled.or(self.register)
    }
}

/// The titles of a block that can be those of a unit.
fn titles(lines: &[Line]) -> impl Iterator<Item = &str> {
    let lines = lines.iter().map(|line| line.2.as_str());
    lines.filter(|line| !sender::is_addressed(line)).map(sender::unlabelled)
}

/// The unit that the titles of a block name.
#[derive(Clone, Copy, Debug)]
struct Titled {
    /// A title that is its own name, with nothing around it but period and kind of paper.
    own: Option<UnitId>,
    /// A title with its name in it.
    named: Option<UnitId>,
}

/// Who submits each table of a sheet.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// Of each table that is read.
    pub(super) tables: Vec<Option<(UnitId, UnitFrom)>>,
    /// Of each one that is left aside.
    pub(super) aside: Vec<Option<(UnitId, UnitFrom)>>,
}

/// The sources from which the submitting unit is determined.
pub(super) struct Senders<'a> {
    pub(super) outside: Outside,
    pub(super) stamp: Option<UnitId>,
    pub(super) roster: &'a Roster,
    pub(super) rulings: &'a Rulings,
    pub(super) asker: Asker<'a>,
}

impl Senders<'_> {
    /// The unit by stamp, file name or folder, if the sheets do not give it.
    pub(super) fn outside(&self) -> Option<(UnitId, UnitFrom)> {
        self.outside.first().or(self.stamped()).or(self.outside.path)
    }

    fn stamped(&self) -> Option<(UnitId, UnitFrom)> {
        self.stamp.map(|unit| (unit, UnitFrom::Stamp))
    }

    /// The unit of each table of each sheet: by the register, else by 填报单位 in the sheet (or in other sheets of the file,
    /// if they agree), else by the stamp, a title that is its name, the file name or the folder, else by the line of who made
    /// the table, else by a title or sheet name with its name in it. The titles are those of the table's own block.
    pub(super) fn all(&self, surveyed: &[Surveyed], sheets: &[Sheet], source: &Source) -> Vec<Units> {
        // In a sheet of several blocks a line above the first may speak for all, until another is said; so it does for
        // a page that carries on the table before it.
        let mut last = None;
        let stated: Vec<Units> = surveyed
            .iter()
            .enumerate()
            .map(|(at, surveyed)| {
                if !surveyed.tables.first().is_some_and(|table| table.headless) {
                    last = None;
                }
                let mut own = |notes: &Vec<about::Note>| {
                    last = self.stated(notes, source, at as u16).or(last);
                    last
                };
                let tables = surveyed.notes.iter().map(&mut own).collect();
                Units { tables, aside: surveyed.aside.iter().map(|kept| own(&kept.notes)).collect() }
            })
            .collect();
        let mut agreed = stated.iter().flat_map(|units| units.tables.iter().chain(&units.aside)).flatten();
        let first = agreed.next().copied();
        let agreed = first.filter(|first| agreed.all(|other| other.0 == first.0));
        stated
            .into_iter()
            .zip(surveyed.iter().zip(sheets))
            .enumerate()
            .map(|(at, (stated, (surveyed, sheet)))| {
                let of_sheet = |unit: UnitId| (unit, UnitFrom::Sheet(Place::sheet(source.id, at as u16)));
                let own = |lines: &[Line]| titles(lines).find_map(|words| sender::of_title(words, self.roster));
                let named = |lines: &[Line]| titles(lines).find_map(|words| sender::in_words(words, self.roster));
                let maker = surveyed.notes.iter().find_map(|notes| self.noted(about::makers(notes), source, at as u16));
                let titled = Titled { own: own(&surveyed.titles), named: named(&surveyed.titles) };
                let of_name = sender::in_words(&sheet.name, self.roster);
                let unit = |stated: Option<(UnitId, UnitFrom)>, titled: Titled| {
                    let otherwise = agreed.or_else(|| self.stamped()).or_else(|| titled.own.map(of_sheet));
                    let otherwise = otherwise.or(self.outside.path).or(maker);
                    let otherwise = otherwise.or_else(|| titled.named.or(of_name).map(of_sheet));
                    self.outside.first().or(stated).or(otherwise).or(self.outside.alike)
                };
                // The titles of the first table are those of the sheet; they speak for all, until a block has its own.
                let mut last = titled;
                let blocks = (0..stated.tables.len()).map(|nth| {
                    if let Some(table) = surveyed.tables.get(nth).filter(|_| nth > 0) {
                        let lines: Vec<Line> = sheets::titles(table).collect();
                        last = Titled { own: own(&lines).or(last.own), named: named(&lines).or(last.named) };
                    }
                    last
                });
                let tables = stated.tables.iter().zip(blocks).map(|(stated, titled)| unit(*stated, titled)).collect();
                Units { tables, aside: stated.aside.into_iter().map(|stated| unit(stated, titled)).collect() }
            })
            .collect()
    }

    /// The unit given by 填报单位 and similar labels.
    fn stated(&self, notes: &[about::Note], source: &Source, sheet: u16) -> Option<(UnitId, UnitFrom)> {
        self.noted(about::senders(notes), source, sheet)
    }

    /// The first unit that one of these lines of a sheet names.
    fn noted<'n>(
        &self,
        mut lines: impl Iterator<Item = &'n about::Note>,
        source: &Source,
        sheet: u16,
    ) -> Option<(UnitId, UnitFrom)> {
        lines.find_map(|note| {
            let named = self.roster.find(&note.3).or_else(|| sender::in_words(&note.3, self.roster));
            let ruled = || self.rulings.find(RulingKind::Sender, &note.3, &self.asker).and_then(unit_of);
            let place = line_place(source.id, sheet, note.0, note.1);
            named.map(|unit| (unit, UnitFrom::Sheet(place))).or_else(ruled)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::fixture::{file, file_with, records, sender};
    use crate::ledger::stamp as property;

    #[test]
    fn a_rows_own_units_win_unless_they_are_the_divisions_line_copied() {
        let (division, reading) = file(
            "综合科.xlsx",
            "
任务编号 | 责任单位 | 完成情况
1-1 | 综合科、后勤中心 | 已完成
1-1 | 后勤中心、管理一科 | 已完成
1-1 | 各科室 | 已完成
1-1 | 某某科 | 已完成
1-1 | | 已完成
2-1 | 综合科、管理一科 | 已完成
",
        );
        assert_eq!(
            records(&division, &reading),
            [
                "2 综合 1-1 code", "3 后勤+管理 1-1 code", "4 综合 1-1 code", "5 综合 1-1 code", "6 综合 1-1 code",
                "7 综合+管理 2-1 code",
            ]
        );
    }

    #[test]
    fn the_sender_in_the_contracts_order() {
        let table = "任务编号 | 完成情况\n1-1 | 已完成\n";
        let labelled = format!("填报单位：后勤服务中心（盖章） |\n{table}");
        let of = |name: &str, drawing: &str, claim: Option<&str>, stamped: bool| {
            let (division, reading) = file_with(name, drawing, |book, source| {
                source.claim = claim.map(str::to_owned);
                if stamped {
                    book.properties.insert(property::DIVISION.into(), "blake3:00".into());
                    book.properties.insert(property::UNIT.into(), "管理一科".into());
                }
            });
            sender(&division, &reading.ledgers[0])
        };
        assert_eq!(of("综合科.xlsx", &labelled, Some("管理一科"), true), "管理一科 register");
        assert_eq!(of("综合科.xlsx", &labelled, None, true), "后勤服务中心 sheet");
        assert_eq!(of("综合科.xlsx", table, None, true), "管理一科 stamp");
        assert_eq!(of("综合科/附件2：管理一科台账（最终版）(1).xlsx", table, None, false), "管理一科 name");
        assert_eq!(of("综合科/8月台账.xlsx", table, None, false), "综合管理科 folder");
        assert_eq!(of("台账.xlsx", &format!("综合科8月台账 |\n{table}"), None, false), "综合管理科 sheet");
        assert_eq!(of("管理一科.xlsx", &format!("综合科8月台账 |\n{table}"), None, false), "综合管理科 sheet");
        let titled = |line: &str| format!("{line} |\n{table}");
        for line in [
            "某市指挥部综合科",
            "汇总单位：综合科",
            "制发单位：综合科",
            "报送至：综合科",
            "综合科：",
            "致：综合科",
            "综合科：现将8月台账报送如下，请审阅。",
            "尊敬的综合科领导",
        ] {
            assert_eq!(of("管理一科.xlsx", &titled(line), None, false), "管理一科 name", "{line}");
            assert_eq!(of("台账.xlsx", &titled(line), None, false), "-", "{line}");
        }
        assert_eq!(of("台账.xlsx", &titled("填报单位 | 管理一科"), None, false), "管理一科 sheet");
        for line in ["制表单位：综合科", "编制单位 | 综合科", "制表机关：综合科"] {
            assert_eq!(of("管理一科.xlsx", &titled(line), None, false), "管理一科 name", "{line}");
            assert_eq!(of("管理一科/8月.xlsx", &titled(line), None, false), "管理一科 folder", "{line}");
            assert_eq!(of("台账.xlsx", &titled(line), None, false), "综合管理科 sheet", "{line}");
        }
        let wide = "管理一科 | | 2014年8月\n任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n";
        assert_eq!(of("台账.xlsx", wide, None, false), "管理一科 sheet");
        assert_eq!(of("台账.xlsx", table, None, false), "-");
    }

    #[test]
    fn each_block_of_a_sheet_is_of_the_unit_in_its_title() {
        let blocks = |file_name: &str, titles: [&str; 3]| {
            let table = "任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n1-2 | | 已完成\n";
            let drawing: String = titles.map(|title| format!("{title}\n{table}\n")).concat();
            let (division, reading) = file(file_name, &drawing);
            let units = records(&division, &reading);
            let units = units.iter().filter_map(|record| record.split(' ').nth(1));
            (reading.ledgers.len(), units.collect::<Vec<_>>().join(" "))
        };
        let each = (3, "综合 综合 后勤 后勤 管理 管理".to_owned());
        for titles in [
            ["综合科", "后勤中心", "管理一科"],
            ["综合科2014年8月创建台账", "后勤中心2014年8月创建台账", "管理一科2014年8月创建台账"],
            ["创建台账（综合科）", "创建台账（后勤中心）", "创建台账（管理一科）"],
            ["填报单位：综合科", "填报单位：后勤中心", "填报单位：管理一科"],
            ["创建文明城市综合科台账", "创建文明城市后勤中心台账", "创建文明城市管理一科台账"],
        ] {
            assert_eq!(blocks("台账汇总.xlsx", titles), each, "{titles:?}");
        }
        let carried = (3, "综合 综合 后勤 后勤 后勤 后勤".to_owned());
        assert_eq!(blocks("台账汇总.xlsx", ["综合科台账", "后勤中心台账", "续表"]), carried);
        let stated = blocks("台账汇总.xlsx", ["填报单位：综合科", "后勤中心台账", "管理一科台账"]);
        assert_eq!(stated.1, "综合 综合 综合 综合 综合 综合", "who submits is said once for all");
    }

    #[test]
    fn a_workbook_of_sheets_of_several_units_is_sent_by_none_of_them() {
        let table = "任务编号 | 工作任务 | 完成情况\n1-1 | | 已完成\n";
        let of = |name: &str, sheets: [&str; 2]| {
            let sheets: String = sheets.map(|sheet| format!("=== {sheet}\n{table}")).concat();
            let (division, reading) = file(name, &sheets);
            let units = records(&division, &reading);
            let unit = reading.unit.map(|unit| division.unit(unit.0).name.clone());
            (units.iter().filter_map(|record| record.split(' ').nth(1)).collect::<String>(), unit.unwrap_or_default())
        };
        assert_eq!(of("8月汇总.xlsx", ["综合科", "后勤中心"]), ("综合后勤".into(), String::new()));
        assert_eq!(of("8月汇总.xlsx", ["综合科", "综合科2"]), ("综合综合".into(), "综合管理科".into()));
        assert_eq!(of("管理一科.xlsx", ["综合科", "后勤中心"]).1, "管理一科");
    }

    #[test]
    fn a_column_of_senders_speaks_row_by_row() {
        let (division, reading) = file(
            "台账.xlsx",
            "
填报单位 | 任务编号 | 完成情况
综合科 | 1-1 | 已完成
管理一科 | 2-1 | 已完成
",
        );
        assert_eq!(records(&division, &reading), ["2 综合 1-1 code", "3 管理 2-1 code"]);
        assert_eq!(sender(&division, &reading.ledgers[0]), "综合管理科 sheet");
    }
}
