//! A seeded builder of campaigns of any size: the same name gives the same files.
//!
//! Ledgers look like those offices send: a title, one or two heading rows, 12 columns, a footer. A profile says how good
//! they are.

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// How good the ledgers of a campaign are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Nothing is wrong with them.
    Clean,
    /// What people do to them: dates as text, unknown states, amounts with units, missing evidence.
    Dirty,
    /// Tasks in other words and without codes, and a paragraph of some 150 characters under 进展情况.
    Text,
}

/// A campaign to build.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Its folder's name.
    pub(crate) name: &'static str,
    /// Submitted files; each is a unit's.
    pub(crate) files: usize,
    /// Rows of each file.
    pub(crate) rows: usize,
    /// How good they are.
    pub(crate) profile: Profile,
}

/// An office's month.
pub(crate) const OFFICE: Size = Size { name: "office", files: 60, rows: 40, profile: Profile::Dirty };
/// Small.
pub(crate) const S: Size = Size { name: "S", files: 200, rows: 60, profile: Profile::Clean };
/// Normal.
pub(crate) const N: Size = Size { name: "N", files: 500, rows: 200, profile: Profile::Clean };
/// As normal, but dirty.
pub(crate) const DIRTY: Size = Size { name: "dirty", files: 500, rows: 200, profile: Profile::Dirty };
/// As normal, of real text.
pub(crate) const TEXT: Size = Size { name: "text", files: 500, rows: 200, profile: Profile::Text };
/// A city's year.
pub(crate) const M: Size = Size { name: "M", files: 2000, rows: 200, profile: Profile::Clean };
/// Few files of a page.
pub(crate) const FEW_FILES: Size = Size { name: "250", files: 250, rows: 20, profile: Profile::Clean };
/// Many of them.
pub(crate) const MANY_FILES: Size = Size { name: "8000", files: 8_000, rows: 20, profile: Profile::Clean };
/// Few long files.
pub(crate) const L: Size = Size { name: "L", files: 20, rows: 50_000, profile: Profile::Clean };
/// One huge file.
pub(crate) const X: Size = Size { name: "X", files: 1, rows: 500_000, profile: Profile::Clean };

/// The setting that makes the same run of a campaign on any day.
pub(crate) const MOMENT: &str = "as_of = \"2014-09-06\"\n";

/// The setting that has every file read once.
pub(crate) const NO_SECOND_READER: &str = "second_reader = \"never\"\n";

/// Many units and tasks, a row for each.
pub(crate) const WIDE: Size = Size { name: "wide", files: 3_000, rows: 40, profile: Profile::Dirty };

/// A small generator of numbers: the corpus must not change with a library's version.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

const HEADINGS: [&str; 12] = [
    "序号", "任务编号", "工作任务", "责任单位", "日期", "完成情况", "进展情况", "数量", "地点", "存在问题", "佐证材料",
    "备注",
];
const TASKS: usize = 40;
const SUBJECTS: [&str; 8] =
    ["公益广告", "环境卫生", "志愿服务", "文明交通", "道德讲堂", "节约用水", "楼道整治", "未成年人教育"];
const VERBS: [&str; 5] = ["开展{}集中整治", "组织{}宣传活动", "完善{}长效机制", "排查{}薄弱环节", "检查{}落实情况"];
const PLACES: [&str; 6] = ["办公楼大厅", "一号院", "机关餐厅", "东区广场", "社区服务站", "南门停车场"];
const STATES: [&str; 5] = ["已完成", "已完成", "已完成", "正在推进", "长期坚持"];
const EVIDENCE: [&str; 4] = ["通知1份、照片5张", "活动计划、实景照片", "照片12张", "工作小结、照片3张"];
/// Sentences of a report, with a place for a number.
const SENTENCES: [&str; 12] = [
    "组织党员干部和志愿者{}人上街开展文明劝导",
    "对辖区{}处卫生死角进行了集中清理",
    "走访沿街商户{}家，逐户发放倡议书",
    "更新宣传栏{}块，张贴海报和标语",
    "召开专题会议，研究解决群众反映的问题{}个",
    "出动车辆{}台次，清运垃圾和建筑废料",
    "利用微信群和公众号推送信息{}条",
    "修补破损路面和人行道砖{}平方米",
    "劝导不文明行为{}起，纠正车辆乱停乱放",
    "为独居老人和困难家庭送去慰问品{}份",
    "检查食堂和小作坊{}家，下发整改通知",
    "补植绿篱和行道树{}株，规整花箱",
];

fn unit(n: usize) -> String {
    format!("第{}街道办事处", n + 1)
}

fn task(n: usize) -> (String, String) {
    let text = VERBS[n / SUBJECTS.len()].replace("{}", SUBJECTS[n % SUBJECTS.len()]);
    (format!("{}-{}", n / SUBJECTS.len() + 1, n % SUBJECTS.len() + 1), text)
}

/// Builds the campaign below `base` unless it stands there already, and returns its folder.
pub(crate) fn build(base: &Path, size: Size) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let dir = base.join(size.name);
    let done = dir.join("taizhang.toml");
    if done.exists() {
        return Ok(dir);
    }
    fs::create_dir_all(dir.join("收件"))?;
    division(size)?.save(dir.join("任务分工.xlsx"))?;
    for n in 0..size.files {
        ledger(size, n)?.save(dir.join("收件").join(format!("{}工作台账.xlsx", unit(n))))?;
    }
    let register = (0..size.files).map(|n| format!("{}工作台账.xlsx,2014-09-01 10:00\n", unit(n)));
    fs::write(dir.join("收件/收件登记.csv"), format!("文件,收件时间\n{}", register.collect::<String>()))?;
    let settings = "title = \"基准测试\"\nwindow = \"2014-08\"\nfull_marks = 0\n";
    fs::write(done, [settings, NO_SECOND_READER, MOMENT].concat())?;
    Ok(dir)
}

fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2014, 9, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(book)
}

fn division(size: Size) -> Result<Workbook, XlsxError> {
    let mut book = workbook()?;
    let sheet = book.add_worksheet().set_name("任务分工")?;
    sheet.write_row(0, 0, ["任务编号", "任务类别", "工作任务", "责任单位", "报送周期", "佐证材料"])?;
    for n in 0..TASKS {
        let (code, text) = task(n);
        let category = VERBS[n / SUBJECTS.len()].replace("{}", "");
        sheet.write_row(n as u32 + 1, 0, [&code, &category, &text, "各街道", "每月", "实景照片"])?;
    }
    let sheet = book.add_worksheet().set_name("单位名录")?;
    sheet.write_row(0, 0, ["单位名称", "分组"])?;
    for n in 0..size.files {
        sheet.write_row(n as u32 + 1, 0, [&unit(n), "街道"])?;
    }
    Ok(book)
}

fn ledger(size: Size, n: usize) -> Result<Workbook, XlsxError> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (n as u64 + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
    let mut book = workbook()?;
    let (title, head) = (Format::new().set_bold().set_font_size(16), Format::new().set_bold());
    let date = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let sheet = book.add_worksheet().set_name("台账")?;
    sheet.merge_range(0, 0, 0, 11, "创建全国文明城市工作台账（2014年8月）", &title)?;
    sheet.write(1, 0, format!("填报单位：{}", unit(n)))?;
    let mut row = 2;
    if n.is_multiple_of(3) {
        sheet.merge_range(2, 0, 3, 0, HEADINGS[0], &head)?;
        sheet.merge_range(2, 1, 2, 3, "任务", &head)?;
        sheet.merge_range(2, 4, 2, 11, "落实", &head)?;
        (1..12).try_for_each(|col| sheet.write_with_format(3, col, HEADINGS[col as usize], &head).map(|_| ()))?;
        row = 4;
    } else {
        sheet.write_row_with_format(row, 0, HEADINGS, &head)?;
        row += 1;
    }
    for at in 0..size.rows {
        let (code, text) = task(at * TASKS / size.rows.max(TASKS) % TASKS);
        let day = dice.roll(31) as u8 + 1;
        let dirty = size.profile == Profile::Dirty && dice.roll(12) == 0;
        sheet.write(row, 0, at as u32 + 1)?.write(row, 3, unit(n))?;
        if size.profile == Profile::Text {
            sheet.write(row, 2, format!("按要求{text}"))?;
        } else {
            sheet.write(row, 1, &code)?.write(row, 2, &text)?;
        }
        if dirty {
            sheet.write(row, 4, format!("8.{day}"))?.write(row, 5, "差不多了")?.write(row, 7, "约50人")?;
        } else {
            sheet.write_with_format(row, 4, &ExcelDateTime::from_ymd(2014, 8, day)?, &date)?;
            sheet.write(row, 5, dice.pick(&STATES))?.write(row, 7, dice.roll(90) as u32 + 1)?;
            sheet.write(row, 10, dice.pick(&EVIDENCE))?;
        }
        let subject = dice.pick(&SUBJECTS);
        let mut done = format!("第{}次{subject}活动，出动{}人次", at + 1, dice.roll(60) + 2);
        if size.profile == Profile::Text {
            for _ in 0..6 {
                let number = (dice.roll(900) + 3).to_string();
                done = done + "，" + &dice.pick(&SENTENCES).replace("{}", &number);
            }
        }
        sheet.write(row, 6, done)?;
        sheet.write(row, 8, dice.pick(&PLACES))?;
        row += 1;
    }
    sheet.write(row, 0, "填表人：张某")?.write(row, 4, "审核人：李某")?;
    Ok(book)
}
