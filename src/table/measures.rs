//! Units of measure in headings.

use crate::basis::text;

/// What only things are counted in, and no heading names.
const COUNTED: &[&str] = &[
    "起", "宗", "笔", "间", "栋", "幢", "层", "栏", "枚", "瓶", "箱", "袋", "包", "桶", "车", "艘", "口", "扇", "把",
    "床", "桌", "对", "双", "副", "封", "则", "版", "页", "字", "位", "所", "队", "班", "级", "届", "遍", "趟", "门",
    "节", "里", "斤", "克", "升", "周", "分钟", "秒", "例", "点", "盆", "方", "立方", "余", "多", "段", "块", "类",
    "种", "角", "颗", "m2", "㎡", "平方", "平米", "厘米", "毫米", "头", "盒", "捆", "盘", "杆", "顶", "束",
];

/// What things are counted or measured in where nothing follows: 3单, but not 3单元, 三平台.
const LAST: &[&str] = &["单", "平"];

/// Units of measure.
const UNITS: &[&str] = &[
    "元", "万元", "千元", "亿元", "%", "人", "人次", "万人", "次", "场", "场次", "处", "个", "件", "项", "条", "块",
    "份", "张", "幅", "户", "家", "辆", "台", "套", "小时", "分钟", "天", "米", "公里", "千米", "平方米", "万平方米",
    "亩", "公顷", "吨", "公斤", "篇", "期", "名", "面", "盏", "棵", "株", "组", "支", "分", "‰", "千瓦时", "度", "部",
    "万部", "万户", "端", "万端", "线", "万线", "架", "座", "只", "根", "片", "本", "册", "批", "轮", "岁", "月", "年",
    "课时", "学时", "工时", "h", "min",
];

/// Whether a folded text is a unit of measure and nothing else.
pub fn is_measure(folded: &str) -> bool {
    UNITS.contains(&folded)
}

/// Whether a folded text is what things are counted or measured in, and nothing else.
pub fn is_counter(folded: &str) -> bool {
    is_measure(folded) || COUNTED.contains(&folded)
}

/// Whether a folded text behind a number is a unit only as the last of its text.
pub fn is_last_counter(folded: &str) -> bool {
    LAST.contains(&folded)
}

/// The unit of measure in a heading's brackets or behind its last slash: `计划投资（万元）`, `完成率(%)`, `服务时间/小时`.
pub(super) fn unit_of(heading: &str) -> Option<String> {
    let folded = text::fold(heading);
    let (_, last) = folded.rsplit_once('(').or_else(|| folded.rsplit_once('/'))?;
    let inner = last.split(')').next()?.trim_start_matches("单位:").trim_start_matches("单位");
    UNITS.contains(&inner).then(|| inner.to_owned())
}
