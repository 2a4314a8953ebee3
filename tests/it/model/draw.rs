//! Draws a campaign at random.

use chrono::{Days, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

use super::campaign::{Asks, Campaign, Deadline, File, Holds, Names, Often, Row, Says, State, Task, Unit, Waiver};
use super::turn::{Span, Turn, ymd};

/// Numbers that look random and are the same for the same seed.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below this one.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    /// Whether something happens that happens so many times in a hundred.
    fn percent(&mut self, times: usize) -> bool {
        self.below(100) < times
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const UNITS: &[(&str, &str)] = &[
    ("综合科", "科室"),
    ("财务科", "科室"),
    ("宣传科", "科室"),
    ("后勤中心", "直属单位"),
    ("执法大队", "直属单位"),
    ("园林所", "直属单位"),
];
const TASKS: &[&str] = &[
    "设置公益广告", "组织学雷锋志愿活动", "举办道德讲堂", "整治占道经营", "修复破损人行道板", "补栽行道树",
    "清运生活垃圾", "开展无烟机关创建", "落实创建经费", "更新门头牌匾",
];
const OTHERS: &[&str] = &["慰问退休老同志", "采购办公电脑", "食堂换灶具"];
const WORDS: &[(&str, State)] = &[
    ("已完成", State::Done),
    ("完成", State::Done),
    ("√", State::Done),
    ("已落实", State::Done),
    ("100%", State::Done),
    ("正在推进", State::Open),
    ("推进中", State::Open),
    ("未完成", State::Open),
    ("完成一半", State::Open),
    ("年底前完成", State::Open),
    ("不能按期完成", State::Open),
    ("60%", State::Open),
    ("未开始", State::NotStarted),
    ("拟下月开展", State::NotStarted),
    ("长期坚持", State::Standing),
    ("常态化", State::Standing),
    ("零报告", State::Nil),
    ("无", State::Nil),
    ("不涉及", State::Exempt),
    ("有异议", State::Disputed),
    ("马马虎虎", State::Unknown),
    ("", State::Blank),
];

impl Campaign {
    /// The campaign of a seed.
    pub(super) fn drawn(seed: u64) -> Campaign {
        let mut random = Random::new(seed);
        let turns = [
            Turn::Month,
            Turn::Month,
            Turn::Month,
            Turn::Month,
            Turn::Week,
            Turn::Week,
            Turn::TenDays,
            Turn::HalfMonth,
            Turn::Quarter,
            Turn::Quarter,
            Turn::HalfYear,
            Turn::Year,
        ];
        let turn = random.pick(&turns);
        let window = turn.around(ymd(2014, 1, 1) + Days::new(random.below(900) as u64));
        let (due_days, due_hour) = (i64::from(random.below(9) as u32) - 1, 8 + random.below(12) as u32);
        let day = window.1 + Days::new(random.below(22) as u64) - Days::new(if random.percent(10) { 4 } else { 0 });
        let as_of = day.and_hms_opt(23, 59, 59).expect("a time");
        let weekend = random.pick(&["none", "none", "earlier", "later"]);
        let holidays = (0..random.below(4)).map(|nth| window.1 + Days::new(nth as u64 * 2)).collect();
        let count = 3 + random.below(UNITS.len() - 2);
        let bound = |random: &mut Random| random.percent(6).then(|| window.0 + Days::new(random.below(40) as u64));
        let units: Vec<Unit> = UNITS[..count]
            .iter()
            .map(|&(name, group)| Unit { name, group, from: bound(&mut random), until: bound(&mut random) })
            .collect();
        let mut campaign = Campaign {
            turn,
            window,
            as_of,
            due_days,
            due_hour,
            weekend,
            holidays,
            units,
            tasks: Vec::new(),
            waivers: Vec::new(),
            ruled_off: Vec::new(),
            files: Vec::new(),
        };
        campaign.draw_tasks(&mut random);
        campaign.draw_waivers(&mut random);
        campaign.draw_rulings(&mut random);
        campaign.draw_files(&mut random);
        campaign
    }

    fn draw_tasks(&mut self, random: &mut Random) {
        let first = random.below(TASKS.len());
        for nth in 0..2 + random.below(6) {
            let code = format!("{}-{}", nth / 3 + 1, nth % 3 + 1);
            let mut named: Vec<usize> = (0..self.units.len()).filter(|_| random.percent(35)).collect();
            let group = random.pick(&["", "", "", "各科室", "各直属单位", "各单位"]);
            if named.is_empty() && group.is_empty() {
                named.push(random.below(self.units.len()));
            }
            let mut written: Vec<String> = named.iter().map(|&unit| self.units[unit].name.to_owned()).collect();
            let mut units = named.clone();
            if !group.is_empty() {
                let inside = |unit: &Unit| group == "各单位" || group.ends_with(unit.group);
                let all: Vec<usize> = (0..self.units.len()).filter(|&unit| inside(&self.units[unit])).collect();
                let out =
                    all.first().copied().filter(|out| all.len() > 1 && random.percent(30) && !named.contains(out));
                written.push(out.map_or(group.to_owned(), |out| format!("{group}（{}除外）", self.units[out].name)));
                units.extend(all.into_iter().filter(|unit| Some(*unit) != out));
            }
            let mut seen = Vec::new();
            units.retain(|unit| {
                !seen.contains(unit) && {
                    seen.push(*unit);
                    true
                }
            });
            let supporting =
                Some(random.below(self.units.len())).filter(|unit| random.percent(20) && !units.contains(unit));
            let turns = [
                Turn::Day,
                Turn::Week,
                Turn::TenDays,
                Turn::HalfMonth,
                Turn::Month,
                Turn::Quarter,
                Turn::HalfYear,
                Turn::Year,
            ];
            let often = match random.below(10) {
                0..=4 => Often::Window,
                5 => Often::Once,
                // a year of days is long
                _ => Often::Each(random.pick(if self.turn > Turn::Month { &turns[1..] } else { &turns[..] })),
            };
            let deadline = match random.below(10) {
                0..=4 => Deadline::None,
                5 => Deadline::Standing,
                _ => Deadline::By(self.window.1 + Days::new(random.below(40) as u64) - Days::new(20)),
            };
            let asks = match random.below(13) {
                _ if often != Often::Window => Asks::Nothing,
                0 => Asks::Records(1 + random.below(3)),
                1 => Asks::Amount(1 + random.below(9)),
                2 => Asks::Weekly(1 + random.below(2)),
                3 => Asks::Each(1 + random.below(4)),
                4 => Asks::On(random.pick(&[Weekday::Mon, Weekday::Wed, Weekday::Fri])),
                5 => Asks::Grade(1 + random.below(3)),
                6 => Asks::Kinds(1 + random.below(3)),
                7 => Asks::Rate(80 + 5 * random.below(5)),
                8 => Asks::Ratio(5 + random.below(10)),
                _ => Asks::Nothing,
            };
            let evidence = random.pick::<&[&str]>(&[&[], &[], &["照片"], &["照片", "小结"]]);
            let text = TASKS[(first + nth) % TASKS.len()];
            self.tasks.push(Task {
                code,
                text,
                units,
                written: written.join("、"),
                supporting,
                often,
                deadline,
                evidence,
                asks,
            });
        }
    }

    fn draw_waivers(&mut self, random: &mut Random) {
        for _ in 0..random.below(3) {
            let extends = random.percent(60);
            let until = self.window.1 + Days::new(random.below(20) as u64);
            let task = Some(random.below(self.tasks.len())).filter(|_| random.percent(70));
            let unit = Some(random.below(self.units.len())).filter(|_| task.is_none() || random.percent(70));
            let until = Some(until).filter(|_| extends || random.percent(50));
            self.waivers.push(Waiver { task, unit, extends, until });
        }
    }

    fn draw_rulings(&mut self, random: &mut Random) {
        for (at, task) in self.tasks.iter().enumerate() {
            if random.percent(8) && !task.units.is_empty() {
                self.ruled_off.push((at, random.pick(&task.units)));
            }
        }
    }

    fn draw_files(&mut self, random: &mut Random) {
        for unit in 0..self.units.len() {
            for nth in 0..random.pick(&[0, 1, 1, 1, 1, 2, 2, 3]) {
                let file = self.draw_file(unit, nth, random);
                let copied = random.percent(6);
                let file = if random.percent(10) { zipped(file, unit, nth) } else { file };
                self.files.push(file.clone());
                if copied {
                    let (stem, end) = file.path.rsplit_once('.').expect("an extension");
                    let path = format!("{stem}(1).{end}");
                    let received = file.received + TimeDelta::minutes(90);
                    self.files.push(File { path, received, ..file });
                }
            }
        }
        if random.percent(25) {
            let received = self.draw_time(random);
            let book = self.draw_book(self.files.len(), received, Some(self.window), random);
            self.files.push(book);
        }
    }

    /// From the first day of the window to some days after the moment of the run.
    fn draw_time(&self, random: &mut Random) -> NaiveDateTime {
        let from = self.window.0.and_time(NaiveTime::MIN);
        let minutes = (self.as_of - from).num_minutes() + 2 * 24 * 60;
        from + TimeDelta::minutes(i64::from(random.below(minutes as usize) as u32))
    }

    /// A workbook in which somebody put together what several units report.
    fn draw_book(&self, nth: usize, received: NaiveDateTime, title: Option<Span>, random: &mut Random) -> File {
        let mut sheets: Vec<(usize, Vec<Row>)> = Vec::new();
        for unit in 0..self.units.len() {
            if random.percent(40) {
                continue;
            }
            let rows = if random.percent(30) { Vec::new() } else { self.draw_rows(unit, received, random) };
            let rows = if rows.iter().any(|row| row.names == Names::Nothing) { Vec::new() } else { rows };
            sheets.push((unit, rows.into_iter().map(|row| Row { unit: None, ..row }).collect()));
        }
        if sheets.iter().all(|sheet| sheet.1.is_empty()) {
            return self.draw_file(0, 9, random);
        }
        let unit = sheets.iter().find(|sheet| !sheet.1.is_empty()).expect("rows").0;
        let path = format!("汇总{nth}.xlsx");
        File { path, unit, says: Says::Sheets, received, title, holds: Holds::Sheets(sheets), xlsx: true }
    }

    fn draw_file(&self, unit: usize, nth: usize, random: &mut Random) -> File {
        let name = self.units[unit].name;
        let says = random.pick(&[Says::FileName, Says::Folder, Says::Line, Says::Register]);
        let xlsx = random.percent(25);
        let end = if xlsx { "xlsx" } else { "csv" };
        let path = match says {
            Says::FileName => format!("{name}第{}份.{end}", nth + 1),
            Says::Folder => format!("{name}/甲{nth}.{end}"),
            Says::Line | Says::Register | Says::Sheets => format!("乙{unit}{nth}.{end}"),
        };
        let received = self.draw_time(random);
        let other = random.percent(6);
        let span = if other { self.turn.around(self.window.0 - Days::new(1)) } else { self.window };
        let holds = match random.below(20) {
            0 => Holds::Nil,
            1 => {
                Holds::BlankForm((0..self.tasks.len()).filter(|&task| self.tasks[task].units.contains(&unit)).collect())
            }
            2 => Holds::Empty,
            _ => Holds::Rows(self.draw_rows(unit, received, random)),
        };
        File { path, unit, says, received, title: Some(span), holds, xlsx }
    }

    fn draw_rows(&self, sender: usize, received: NaiveDateTime, random: &mut Random) -> Vec<Row> {
        let own: Vec<usize> = (0..self.tasks.len()).filter(|&task| self.tasks[task].units.contains(&sender)).collect();
        let last = self.window.1.min(received.date()).max(self.window.0);
        let days = (last - self.window.0).num_days() as usize + 1;
        let mut rows = Vec::new();
        for nth in 0..=random.below(2 + own.len() * 2) {
            let names = match random.below(20) {
                0 => Names::Other(random.pick(OTHERS)),
                1 => Names::Task(random.below(self.tasks.len())),
                _ if own.is_empty() => Names::Task(random.below(self.tasks.len())),
                _ => Names::Task(random.pick(&own)),
            };
            let (word, state) = random.pick(WORDS);
            let day = Some(self.window.0 + Days::new(random.below(days) as u64)).filter(|_| random.percent(80));
            let date = match day {
                Some(day) => {
                    day.format(random.pick(&["%Y-%m-%d", "%Y年%-m月%-d日", "%Y.%-m.%-d", "%-m月%-d日"])).to_string()
                }
                None if random.percent(15) => "近日".to_owned(),
                None => String::new(),
            };
            let unit = Some(random.below(self.units.len())).filter(|_| random.percent(5));
            let amount = Some(random.below(9)).filter(|_| random.percent(60));
            let form = random.pick(&["", "展板", "横幅", "宣传栏", "电子屏"]);
            let rate = Some(70 + 5 * random.below(7)).filter(|_| random.percent(85));
            let people = (1 + random.below(9), 40 + random.below(60));
            let evidence = random.pick(&["", "照片3张", "照片2张、小结1份", "无", "小结"]);
            let remark = format!("第{nth}行");
            rows.push(Row { names, unit, word, state, day, date, amount, form, rate, people, evidence, remark });
        }
        if random.percent(4) {
            let unit = Some(random.below(self.units.len())).filter(|_| random.percent(30));
            let nothing = || String::new();
            let nil = State::Nil;
            rows.push(Row {
                names: Names::Nothing,
                unit,
                word: "零报告",
                state: nil,
                day: None,
                date: nothing(),
                amount: None,
                form: "",
                rate: None,
                people: (0, 0),
                evidence: "",
                remark: nothing(),
            });
            // beside others a row without a task goes on with the task above
            rows.drain(..rows.len() - 1);
        }
        rows
    }
}

/// The file inside an archive of its own; there no line of the register says whose it is.
fn zipped(file: File, unit: usize, nth: usize) -> File {
    if file.says == Says::Register || file.path.contains('/') {
        return file;
    }
    File { path: format!("包{unit}{nth}.zip!{}", file.path), ..file }
}
