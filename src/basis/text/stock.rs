//! Answers and reasons that explain nothing.

use super::fold;

/// Stock phrases that explain nothing; longer ones come before those they contain.
const STOCK: &[&str] = &[
    "没有问题", "没有异议", "没有错误", "没问题", "无问题", "无异议", "无意见", "无错误", "无说明", "无其他",
    "无特殊情况", "无变化", "核实", "核对", "核查", "检查", "确认", "属实", "无误", "正确", "准确", "真实", "正常",
    "知悉", "知晓", "收到", "已阅", "同意", "改正", "修改", "整改", "更正", "处理", "情况", "数据", "内容", "材料",
    "信息", "台账", "填报", "以上", "上述", "全部", "本单位", "我单位", "本科室", "我科室", "我科", "本科", "单位",
    "科室", "同上", "如上", "没有", "确实", "如此", "已经", "谢谢", "ok", "已", "经", "均", "都", "并", "的", "了",
    "请", "是", "否", "对", "无", "与", "和", "后", "再",
];

/// Whether an answer explains nothing: besides stock phrases it has fewer than four characters.
pub fn is_stock(answer: &str) -> bool {
    let mut rest: String = fold(answer).chars().filter(|c| c.is_alphabetic()).collect();
    for word in STOCK {
        rest = rest.replace(word, "");
    }
    rest.chars().count() < 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_answers_explain_nothing() {
        for stock in [
            "核实无误",
            "属实",
            "情况属实。",
            "无误",
            "已核实",
            "确认",
            "无",
            "无异议",
            "/",
            "——",
            "12345",
            "经我科核实，数据无误！",
            "已修改",
            "OK",
            "同上",
            "是的",
            "",
            "没有",
        ] {
            assert!(is_stock(stock), "{stock}");
        }
        for answer in [
            "8月因台风停办，改在9月补做",
            "已核实：照片另附在佐证文件夹",
            "该任务由后勤中心负责",
            "设备维修中，无法开展",
        ] {
            assert!(!is_stock(answer), "{answer}");
        }
    }
}
