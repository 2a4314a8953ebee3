//! Words that identify rows which are not records.

use crate::basis::text::{chinese_number, fold, heading_key};

/// Labels of lines about the table: who filled it in, when, and who signed.
const LABELS: &[&str] = &[
    "填表人", "填报人", "填写人", "制表人", "制表", "经办人", "报送人", "上报人", "统计人", "记录人", "审核人", "审核",
    "复核人", "复核", "审批人", "审签人", "签发人", "单位负责人", "部门负责人", "科室负责人", "项目负责人", "负责人",
    "单位领导", "主要领导", "主要负责人", "分管领导", "分管负责人", "分管局领导", "主管领导", "领导签字", "领导审核",
    "牵头领导签字", "牵头领导审核", "牵头领导", "责任领导签字", "联系人", "联系电话", "电话", "手机", "填报日期",
    "填表日期", "填报时间", "填表时间", "报送日期", "报送时间", "上报日期", "上报时间", "制表日期", "制表时间",
    "编制日期", "日期", "填报单位", "报送单位", "上报单位", "填表单位", "制表单位", "编制单位", "制表机关", "单位盖章",
    "单位公章", "公章", "盖章", "签字", "签名", "单位", "部门", "单位名称", "审核签字", "审核意见", "领导意见", "表号",
    "抄送", "报送", "审核人签字", "单位负责人签字", "负责人签字", "部门负责人签字", "科室负责人签字", "主要领导签字",
    "主要负责人签字", "分管领导签字", "分管领导审核", "分管领导签审", "主管领导签字", "单位领导签字", "领导签审",
    "牵头领导签审", "审签", "签审", "签发", "责任领导", "责任单位", "责任科室", "填报部门", "填报科室", "报送部门",
    "报送科室", "上报部门", "上报科室", "填表部门", "填表科室", "填写单位", "报告单位", "填写日期", "填写时间", "科室",
    "审批", "审定", "核准", "校核", "填报单位盖章", "科室名称", "部门名称", "单位签章", "签章", "报表日期", "报告期",
    "所属期", "填报周期", "数据来源", "联络员", "汇总单位", "汇总人", "汇总日期", "汇总时间", "填报", "拟稿", "拟稿人",
    "核稿", "核稿人", "校对", "校对人", "批准", "批准人", "签批", "签批人",
];

/// Labels found above a table, not below it; they begin the next block of a sheet.
const OPENING: &[&str] = &[
    "填报单位", "报送单位", "上报单位", "填表单位", "制表单位", "编制单位", "制表机关", "填报日期", "填报时间",
    "填表日期", "报送日期", "单位", "单位名称", "部门", "表号", "责任单位", "责任科室", "填报部门", "填报科室",
    "报告期", "报告期间", "统计期", "统计期间", "统计时段", "所属期", "所属期间", "附件",
];

/// The label of `label: value`, folded text: its characters before the colon, without brackets such as (盖章).
pub(super) fn label(folded: &str) -> Option<&str> {
    let before = folded.split(':').next().filter(|before| before.len() < folded.len())?;
    let bare = before.split('(').next().unwrap_or(before);
    (!bare.is_empty() && bare.chars().count() <= 12).then_some(bare)
}

/// Whether a text has a colon that ends a label: 编号：3, but no address (https://…), time (8:30) or path.
pub(crate) fn has_label_colon(text: &str) -> bool {
    let colons = text.char_indices().filter(|c| matches!(c.1, ':' | '：'));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    colons.into_iter().any(|(at, colon)| {
        let (before, after) = (&text[..at], &text[at + colon.len_utf8()..]);
        let clock = digit(before.chars().next_back()) && digit(after.chars().next());
        !after.starts_with(['/', '\\']) && !clock
    })
}

/// Whether a text is one of the listed labels.
pub(crate) fn is_known_label(bare: &str) -> bool {
    LABELS.contains(&bare)
}

/// Whether a text without brackets is the label of a line about the table.
pub(crate) fn is_label(bare: &str) -> bool {
    /// What longer labels end in: 带班领导审核签字.
    const ENDS: &[&str] =
        &["签字", "签名", "签章", "盖章", "签审", "审签", "负责人", "审核人", "填报人", "填表人", "联系人", "经办人"];
    // 填写人/日期
    let joined = || bare.contains('/') && bare.split('/').all(is_known_label);
    is_known_label(bare) || bare.chars().count() <= 12 && ENDS.iter().any(|end| bare.ends_with(end)) || joined()
}

/// Whether a folded text is, or begins with the label of, a line about the table.
pub(super) fn is_about(folded: &str) -> bool {
    if let Some(label) = label(folded) {
        return is_label(label) || is_line_of_signatures(folded);
    }
    let bare = folded.split('(').next().unwrap_or(folded);
    let bare = if bare.is_empty() { folded.trim_matches(['(', ')']) } else { bare };
    is_label(bare.trim_end_matches('_'))
}

/// Whether a folded text is several labels with places for a signature behind each: 部门主管:管理者代表:董事长:.
fn is_line_of_signatures(folded: &str) -> bool {
    /// A label has no more characters than this.
    const LABEL: usize = 8;
    let mut labels: Vec<&str> = folded.split(':').map(|part| part.trim_matches(['_', ' '])).collect();
    labels.pop().is_some_and(str::is_empty)
        && labels.len() >= 2
        && labels.iter().all(|label| (2..=LABEL).contains(&label.chars().count()))
}

/// Whether something stands behind the first colon of a text.
pub(crate) fn has_value(shown: &str) -> bool {
    shown.split_once([':', '：']).is_some_and(|(_, value)| !value.trim().is_empty())
}

/// Whether a text is `label: value`, as 填报单位：综合科; a heading may end in a colon but not go on after it.
pub(super) fn is_label_with_value(shown: &str) -> bool {
    let plain = |label: &str| !label.contains(['(', '（']);
    has_value(shown) && shown.split([':', '：']).next().is_some_and(plain) && is_about(&fold(shown))
}

/// Whether a folded text opens a block: 填报单位：… or 附件2.
pub(super) fn opens(folded: &str) -> bool {
    folded.starts_with("附件")
        || folded.starts_with("附表")
        || label(folded).is_some_and(|label| OPENING.contains(&label))
}

/// Whether a folded text begins filling instructions or a note.
pub(super) fn is_instruction(folded: &str) -> bool {
    const STARTS: &[&str] = &[
        "填表说明", "填报说明", "填写说明", "填表须知", "填报须知", "填写须知", "填报要求", "填写要求", "填表要求",
        "报送要求", "注意事项", "温馨提示", "使用说明", "指标说明", "有关说明",
    ];
    const BEFORE_COLON: &[&str] = &["注", "说明", "备注", "备注说明", "附注", "提示", "要求", "note"];
    folded.starts_with('※')
        || STARTS.iter().any(|start| folded.trim_start_matches('(').starts_with(start))
        || folded.split([':', '.', '、']).next().is_some_and(|head| {
            head.len() < folded.len()
                && BEFORE_COLON.contains(&head.trim_matches(['(', ')']).trim_end_matches(|c: char| c.is_ascii_digit()))
        })
}

/// Whether a folded text says what marks mean: ▲已完成 △正在推进. Boxes (☑是 □否) are to be ticked.
pub(super) fn is_legend(folded: &str) -> bool {
    let mark = |c: &char| matches!(c, '\u{2190}'..='\u{22ff}' | '\u{25b2}'..='\u{25ff}' | '\u{2605}' | '\u{2606}' | '\u{2713}'..='\u{2718}' | '×');
    let mut marks: Vec<char> = folded.chars().filter(mark).collect();
    let told = folded.split(|c| mark(&c)).skip(1).filter(|words| words.contains(char::is_alphabetic)).count();
    marks.sort_unstable();
    marks.dedup();
    marks.len() >= 2 && told >= marks.len()
}

/// Whether a folded text marks an example row: 示例, 例1, (样例).
pub(super) fn is_example(folded: &str) -> bool {
    let bare = folded.trim_matches(['(', ')']);
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(':');
    matches!(
        bare,
        "示例"
            | "例"
            | "样例"
            | "例如"
            | "填写示例"
            | "填报示例"
            | "范例"
            | "举例"
            | "样表"
            | "填写样例"
            | "填表示例"
            | "模板示例"
            | "example"
    ) || (bare.chars().count() <= 8 && (bare.ends_with("示例") || bare.ends_with("样例")))
}

/// Whether a text says of itself that it is an example: （示例）开展志愿服务, 例：….
pub(super) fn begins_as_example(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(6).collect();
    let bare = head.trim_start_matches(['(', '（', '[', '【', '〔']);
    ["示例", "样例", "填写示例", "例"].iter().any(|word| {
        let after = bare.strip_prefix(word).and_then(|after| after.chars().next());
        after.is_some_and(|c| {
            matches!(c, ':' | '：') || bare.len() < head.len() && matches!(c, ')' | '）' | ']' | '】' | '〕')
        })
    })
}

/// Whether a folded text heads a row of totals or means, or of what is carried from page to page.
pub(super) fn is_total(folded: &str) -> bool {
    const TOTALS: &[&str] = &[
        "合计", "小计", "总计", "共计", "累计", "本页小计", "本页合计", "本月合计", "本月小计", "本季合计", "本年累计",
        "本月累计", "全局合计", "全市合计", "全区合计", "全县合计", "total", "平均", "平均值", "平均数", "均值",
        "均价", "承前页", "承上页", "接前页", "接上页", "上页结转", "前页结转", "上页转来", "过次页", "过下页",
        "转次页", "转下页", "结转下页", "结转次页",
    ];
    let bare = folded.trim_end_matches([':', '。']);
    let bare = bare.split('(').next().unwrap_or(bare);
    TOTALS.contains(&bare)
        || (bare.chars().count() <= 8 && ["合计", "小计", "总计"].iter().any(|total| bare.ends_with(total)))
}

/// Whether a folded text is numbered as a section: 一、… （二）… 第三部分 ….
pub(super) fn is_section(folded: &str) -> bool {
    if let Some(rest) = folded.strip_prefix('第') {
        let number: String =
            rest.chars().take_while(|c| chinese_number(&c.to_string()).is_some() || *c == '十').collect();
        let after = &rest[number.len()..];
        return !number.is_empty() && ["部分", "类", "章", "项"].iter().any(|word| after.starts_with(word));
    }
    let (open, rest) = folded.strip_prefix('(').map_or((false, folded), |rest| (true, rest));
    let number: String = rest.chars().take_while(|c| "一二三四五六七八九十百".contains(*c)).collect();
    let after = &rest[number.len()..];
    !number.is_empty() && if open { after.starts_with(')') } else { after.starts_with(['、', '.', ',', ':', ')']) }
}

/// Whether a folded text is a Chinese number alone, as a section's number in a column of its own: 一, （二）, 三、, 第一阶段.
pub(super) fn is_section_number(folded: &str) -> bool {
    let bare = folded.trim_matches(['(', ')', '、', '.', ',']);
    let part = |bare: &str| {
        let inner = bare.strip_prefix('第')?;
        ["阶段", "部分", "类", "章", "期", "步"].iter().find_map(|end| inner.strip_suffix(end)).map(str::to_owned)
    };
    let bare = &part(bare).unwrap_or_else(|| bare.to_owned());
    !bare.is_empty() && bare.chars().all(|c| "一二三四五六七八九十".contains(c))
}

/// Whether a folded text is a page mark: 第1页共3页.
pub(super) fn is_page_mark(folded: &str) -> bool {
    folded.starts_with('第') && folded.contains('页') && folded.chars().count() <= 16
}

/// Whether a folded text alone in a row says that nothing more stands on the page: 以下空白, （此页无正文）.
pub(super) fn is_end_of_page(folded: &str) -> bool {
    const ENDS: &[&str] =
        &["以下空白", "以下无正文", "以下无内容", "此页以下空白", "本页以下空白", "此页无正文", "本页无正文", "本页完"];
    ENDS.contains(&folded.trim_matches(['(', ')', '。', '-', '—', '=']))
}

/// Whether a folded text alone in a row says that the table goes on over the page: 续表, （接上表）.
pub(super) fn is_continued(folded: &str) -> bool {
    ["续表", "续上表", "接上表", "转下表"].contains(&folded.trim_matches(['(', ')', '-', '—']))
}

/// Whether a folded text alone in the last row ends a table: 共3项, or the day of signing, filled in or not.
pub(super) fn is_end(folded: &str) -> bool {
    let bare = folded.trim_matches(['(', ')', '。', '-', '=']);
    let counted = ["以上共计", "以上共", "共计", "总共", "共"].iter().find_map(|word| bare.strip_prefix(word));
    let counted = counted.is_some_and(|rest| {
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        unit.len() < rest.len() && (1..=2).contains(&unit.chars().count())
    });
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '.' | '-' | '/' | '_');
    let day = bare.chars().all(figure) && bare.contains('月') && bare.ends_with('日');
    counted || day
}

/// Whether a folded text names a share of the records: 完成率.
pub(super) fn is_share(folded: &str) -> bool {
    ["完成率", "办结率", "整改率", "落实率", "达标率", "合格率", "完成比例"].contains(&folded.trim_end_matches(':'))
}

/// Whether a folded text is a hint under a heading: bracketed, or 如：…, 格式…, 必填.
pub(super) fn is_hint(folded: &str) -> bool {
    (folded.starts_with('(') && folded.ends_with(')'))
        || ["如:", "例:", "例如", "格式", "填写", "请填", "请按", "必填", "选填", "可填", "自动", "下拉", "限填", "填:"]
            .iter()
            .any(|start| folded.starts_with(start))
}

/// Whether a folded text says how a cell is to be filled in: 手填, 系统自动生成, 下拉选择.
pub(super) fn is_way_to_fill(folded: &str) -> bool {
    /// It has no more characters than this.
    const LONGEST: usize = 12;
    const WAYS: &[&str] = &["手填", "手工填写", "手动填写", "必填", "选填", "非必填", "筛选", "下拉", "自动获取"];
    const PARTS: &[&str] = &["自动生成", "自动计算", "自动标记", "自动匹配", "自动带出", "下拉选择", "手工填写"];
    folded.chars().count() <= LONGEST && (WAYS.contains(&folded) || PARTS.iter().any(|part| folded.contains(part)))
}

/// Whether a heading key reads like the heading of some column, whether or not a field is known by it: 风险等级, 单价,
/// 是否解决, 变化原因.
pub(super) fn is_headingish(key: &str) -> bool {
    const ENDS: &[&str] = &[
        "号", "名", "称", "名字", "内容", "任务", "事项", "项目", "时间", "日期", "时限", "期限", "节点", "年份",
        "月份", "人", "者", "人员", "单位", "部门", "科室", "领导", "情况", "进展", "进度", "状态", "结果", "结论",
        "成效", "措施", "要求", "标准", "类型", "类别", "分类", "种类", "级别", "等级", "程度", "度", "性质", "性",
        "数量", "量", "数", "额", "率", "比", "例", "值", "分值", "得分", "价", "单价", "总价", "价格", "费", "费用",
        "成本", "规格", "尺寸", "型号", "材质", "品牌", "重量", "总重", "面积", "长度", "备注", "说明", "描述", "问题",
        "原因", "意见", "建议", "方案", "计划", "总结", "目标", "指标", "地点", "位置", "地址", "路径", "方式", "形式",
        "方法", "电话", "手机", "照片", "图片", "材料", "资料", "附件", "依据", "来源", "频次", "周期", "阶段", "环节",
        "模块", "功能", "板块", "版块", "分工", "清单", "编码", "代码", "代号", "签字", "签名", "性别", "年龄", "职务",
        "学历", "职位", "信息", "合计", "小计", "总计", "累计", "统计", "同期", "增减", "占比", "主题", "标题", "反馈",
        "记录", "汇总", "安排", "需求", "概率", "系数", "优先级", "难易度", "属性", "规定", "步骤", "对象", "范围",
        "区域", "产品", "商品", "设备", "含义", "术语", "事件", "账号", "密码", "链接", "网址", "成员", "文档", "角色",
        "职责", "处室", "股室", "班级", "专业", "学院", "导师", "组员", "组长", "题目", "课程", "章节", "星期", "班次",
        "邮箱", "微信", "籍贯", "民族", "工序", "部位", "桩号", "等次", "奖项", "字段", "工具", "公里数", "里程碑",
        "接口名", "解释", "释义", "定义", "no", "no.", "id", "date", "name", "task", "owner", "status", "remark",
        "remarks", "note", "notes", "type", "url",
    ];
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let count = bare.chars().count();
    // 50人 and 3个月 are amounts
    let amount = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if amount.len() < bare.len() && amount.chars().count() <= 2 {
        return false;
    }
    count <= 14
        && (bare.starts_with("是否")
            || bare == "#"
            || is_work_of_period(bare)
            || ENDS.iter().any(|end| bare.ends_with(end)))
}

/// A heading's folded text without the same words in Latin letters before or behind it: 备注 of `remark备注`. Three letters
/// are a part of it (app名称).
pub(super) fn without_translation(key: &str) -> Option<&str> {
    const LETTERS: usize = 4;
    if !key.starts_with(|c: char| c.is_ascii_lowercase()) && !key.ends_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let foreign = |c: char| c.is_ascii_lowercase() || matches!(c, '/' | '-' | '.' | '_');
    let rest = key.trim_matches(foreign);
    let own = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    (key.len() - rest.len() >= LETTERS && rest.chars().filter(|c| own(*c)).count() >= 2).then_some(rest)
}

/// Whether a heading names the work of a period: 本周工作, 下月主要工作.
fn is_work_of_period(bare: &str) -> bool {
    const PERIODS: &[&str] =
        &["本周", "下周", "上周", "本月", "下月", "上月", "本季度", "下季度", "今日", "明日", "昨日"];
    PERIODS.iter().any(|period| bare.starts_with(period)) && bare.ends_with("工作") && bare.chars().count() <= 8
}

/// Whether a heading key reads like a label that has its value beside it: a heading, or a line about the table.
pub(super) fn is_labelish(key: &str) -> bool {
    is_headingish(key) || is_label(key)
}

/// Whether a text names a day or a moment: 统计时间, 报告日期.
pub(super) fn names_a_day(text: &str) -> bool {
    let key = heading_key(text);
    ["时间", "日期"].iter().any(|end| key.ends_with(end))
}

/// Whether headings alternate with other texts, as labels do with values: 填报单位 | 甲科 | 联系人 | 王某. `known` tells which
/// are names of fields.
pub(super) fn alternates(known: &[bool], leaves: &[String]) -> bool {
    let like = |at: &usize| known[*at] || is_headingish(&leaves[*at]);
    let all = leaves.len().is_multiple_of(2) && leaves.len() >= 4;
    all && (0..leaves.len()).all(|at| like(&at) == (at % 2 == 0)) && of_one_block(leaves) == leaves.len()
}

/// The number of headings that repeat, block by block, side by side: 2 of 任务 | 责任人 | 任务 | 责任人; all of them
/// where nothing repeats.
pub(super) fn of_one_block(leaves: &[String]) -> usize {
    let repeats = |block: &usize| {
        leaves.len().is_multiple_of(*block) && leaves.iter().zip(&leaves[*block..]).all(|(a, b)| a == b)
    };
    (2..=leaves.len() / 2).find(repeats).unwrap_or(leaves.len())
}

/// Whether a text is numbered at its head, and in which style: 一、 is another than （一） or 1. or 【1】.
pub(super) fn numbering_style(text: &str) -> Option<u8> {
    let text = text.trim_start();
    let open = text.starts_with(['(', '（', '[', '【', '〔', '［']);
    let square = text.starts_with(['[', '【', '〔', '［']);
    let inner = if open { text.get(text.chars().next()?.len_utf8()..)? } else { text };
    let chinese: usize = inner.chars().take_while(|c| "一二三四五六七八九十百".contains(*c)).count();
    let digits = inner.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
    let count = chinese.max(digits);
    if count == 0 || count > 4 {
        return None;
    }
    let mut after = inner.chars().skip(count);
    let next = after.next()?;
    let base = if chinese > 0 { 0 } else { 10 };
    if open {
        matches!(next, ')' | '）' | ']' | '】' | '〕' | '］').then_some(base + if square { 2 } else { 1 })
    } else {
        match next {
            '、' | '．' | '.' | ',' | '，' if after.next().is_some_and(|c| !c.is_ascii_digit()) => Some(base + 3),
            '.' | '．' => Some(base + 4),
            ')' | '）' => Some(base + 5),
            _ => None,
        }
    }
}

/// Whether a text is the name of a weekday: 一, 周一, 星期日.
pub(super) fn is_weekday(text: &str) -> bool {
    let day = text.strip_prefix("星期").or_else(|| text.strip_prefix(['周', '週'])).unwrap_or(text);
    ["一", "二", "三", "四", "五", "六", "日", "天"].contains(&day)
}

#[cfg(test)]
mod tests;
