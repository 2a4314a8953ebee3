//! Wordings of states, drawn with what each means.

use super::*;

#[test]
fn a_first_step_is_done_for_the_task_that_is_that_step_unless_its_month_is_still_to_come() {
    let end = chrono::NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
    for (text, task, done) in [
        ("完成方案编制", "编制创建工作方案", true),
        ("完成方案编制", "整治户外广告", false),
        ("8月完成方案编制", "编制创建工作方案", true),
        ("9月完成方案编制", "编制创建工作方案", false),
        ("9月已完成方案编制", "编制创建工作方案", true),
    ] {
        assert_eq!(is_done_about(text, task, end), done, "{text} of {task}");
    }
}

#[test]
fn states_as_people_write_them() {
    for (written, expected) in [
        (
            "已完成 完成 已落实 √ 是 100％ 已全部完成 按时完成 完成100% ✔ 已办结 整改到位 已完成。 已完成，长期坚持 \
             已于8月15日完成 全部落实到位 已完成整改 圆满完成 已于8月完成 已于9月底前完成 已按计划完成 按计划完成 如期完成 \
             提前完成 均已完成 已完成，持续推进下一步 已完成并长期坚持 8月20日完成 已解决 已开展 已销号 任务已全部完成 \
             已完成，无遗留问题 已完成，下步计划开展宣传 完成了 已延期完成 共5项，已完成5项 已完成，未发现问题 无未完成事项，已完成",
            Status::Done,
        ),
        (
            "正在推进 推进中 进行中 持续推进 完成80% 基本完成 未完成 尚未完成 未全部完成 正在完成 预计9月完成 部分完成 60% 否 \
             有序推进 百分之八十 已完成方案制定，正在推进实施 不能按期完成 无法完成，需市里协调 完成不了 完成一半 完成1/3 抓紧完成 \
             年底前完成 9月底前完成 未如期完成 延期完成 已完成80% 完成过半 完成三分之二 完成七成 8成 难以按时完成 没有完成 \
             力争年底完成 确保9月底前全部完成 已基本完成 大部分已完成 阶段性完成 已完成部分 共5项，已完成3项 已完成3项，剩余2项 \
             需延期至10月完成 逐步完成 限期整改 未整改 完成率85% 能按期完成 已启动 未能落实到位 主体完成 完成前期工作 \
             已完成大部分 预计能在年底前完成 推迟 完成有困难 正常开展 完成招标，进入施工阶段",
            Status::InProgress,
        ),
        (
            "未开始 未启动 尚未开展 0% 待启动 暂未开展 拟完成 计划9月底完成 拟于10月开展 未 计划下月实施",
            Status::NotStarted,
        ),
        ("长期坚持 常态化 常态化推进 长期 持续开展", Status::Continuous),
        ("无 零报告 本月无 本月无工作 本期暂无 无此项工作 / — 零报告。", Status::Nil),
        ("不涉及 不适用 本单位不涉及 不属于本单位职责", Status::Exempt),
        ("有异议 对分工有异议", Status::Disputed),
    ] {
        let wrong: Vec<_> = written.split_whitespace().filter(|text| status(text) != Some(expected)).collect();
        assert_eq!(wrong, [""; 0], "{expected:?}");
    }
    for unknown in ["宣传", "很好", "共5处", "无异议", "同上", "▲", "3/5", "完成情况良好", "整改"]
    {
        assert_eq!(status(unknown), None, "{unknown}");
    }
}

#[test]
fn statements_of_rules_parts_and_remainders() {
    let drawn = "
        done: 清除垃圾外运已完成|拆除外墙广告牌已完成|主体责任已落实到位|前期发现的问题已全部整改完成|已按时限要求完成
        done: 已按照方案要求全部落实|启动仪式已举办|8月1日开始，8月20日完成|已完成，仍需继续巩固|本月任务已完成，下月计划开展宣传
        done: 应完成5项，实际完成5项|目标10场，实际完成12场|发现问题12个，已整改12个|投入12人，已完成8处|已对辖区12处破损进行了修复
        done: 没有未完成的任务|不存在未完成事项|做完了|整改已闭环|问题清零|已安装|√ 8月20日|已完成8月份任务，9月任务正在谋划
        open: 完成率不足一半|完成得不彻底|已上报待批|争取早日完成|五项完成三项|4项任务已完成两项|尚需一个月完成|未全面开展
        open: 完成投资的60%|已完成总量的三分之二|已完成年度任务的50%|已实施，未完工|已拆除，尚未清理完毕|马上就完成
        done: 比计划提前完成|已逐项落实|已完成任务的100%|已完成，未发现问题
        nil: 本月未开展，零报告
        disputed: 不属我科职责，建议调整
        done: 已组织开展|三项均已完成|共五处，已整改五处|已完成第三项
        not begun: 未曾开展|一直未能举办
        nil: 无相关内容|暂无相关事项|本月未发生此类情况|无新增情况|我科本月没有此类工作可报|无任何情况
        exempt: 不属我科职责|非我局职责|不在本单位职责范围|超出我所业务范围
        disputed: 不认同|建议调整牵头单位
        open: 除综合科外均已完成|除2处外全部完成|部分科室已完成|完成了大部分|初稿已完成|主体工程完工|只完成前两项|完成进度70%
        open: 已完成，但仍有2处未整改|已完成，其中2处未完成|已完成（80%）|已完成，剩2处|应完成5项，实际完成3项|完成5项中的3项
        open: 12处已完成8处|已完成8处/12处|共发现问题5个，已整改3个|发现问题12个，已整改10个，其余2个正在整改|距完成还差两处
        open: 不是已完成|不能算已完成|不具备完成条件|尚未达到“已完成”标准|未按时限要求完成|恐难完成|能否完成待定|完成难度大
        open: 待资金到位后完成|马上完成|将于近期完成|完成×|完成（否）|方案已制定，尚未实施|正在收尾|审核中|刚启动|需协调解决
        open: 完成了方案的制定|已完成立项|招标已完成|已完成实施方案编制|施工图设计已完成|资金已到位|已完成前期手续|完成地基施工
        done: 已完成立项、招标、施工|设计已完成，施工已完成|已完成方案制定及实施|已完成前期发现问题的整改|已完成整改|已完成安装|完成验收
        not begun: 将于9月启动|下月开展|即将启动|完成0%|未组织开展|待上级部署|已列入9月计划，尚未开展|准备开展
        standing: 长期坚持，持续推进|全年开展|每月开展|日常性工作
        done: 己整改|已在国庆前完成|已赶在检查前完成|制度已建立|整改完了|手续已办完，工程已完工|调研已完成，报告已提交
        open: 形式上完成|勉强完成|主要工作已完成|近日完成|有信心完成|有把握按期完成|尽力完成|将近完成|手续未办完|没干完
        done: 是否完成：是|一期、二期均已完成|已整改，防止反弹|整改后未反弹，已销号|已召开|已上墙|已上报全部待建项目
        open: 是否完成：否|一期已完成|第一阶段和准备工作已完成|已整改但有反弹|已整改，近期又出现|已上报市政府待批|已完成大头
        open: 进展缓慢|已进场施工|等待批复|验收不合格
        not begun: 拟召开|待召开|下个月开始|打算国庆后开展
        nil: 未发生|我单位本月无此类情况|（无）|经自查，无相关情况|无任务
        exempt: 非本单位职责|与本单位无关|无此项职责
        disputed: 建议调整责任单位|不应由我科负责
        unknown: 完成？|集中|方案已印发|12人参加|良好";
    for line in drawn.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (state, texts) = line.split_once(": ").expect("a state");
        let expected = match state {
            "done" => Some(Status::Done),
            "open" => Some(Status::InProgress),
            "not begun" => Some(Status::NotStarted),
            "standing" => Some(Status::Continuous),
            "nil" => Some(Status::Nil),
            "exempt" => Some(Status::Exempt),
            "disputed" => Some(Status::Disputed),
            _ => None,
        };
        let wrong: Vec<_> = texts.split('|').filter(|text| status(text) != expected).collect();
        assert_eq!(wrong, [""; 0], "{state}");
    }
}

#[test]
fn a_month_still_to_come_is_no_completion() {
    let august = NaiveDate::from_ymd_opt(2014, 8, 31).expect("a day");
    for later in
        ["2015年完成", "2015年8月完成", "2014年9月完成", "9月完成", "12月底完成", "9月底全部完成整治", "1月完成"]
    {
        assert!(is_for_later(later, august), "{later}");
    }
    for now in [
        "8月完成", "7月底完成", "9月底已完成", "已于9月完成", "9月3日完成", "7-9月完成", "提前于9月完成", "完成",
        "2014年完成", "2014年8月完成", "2013年9月完成", "2015年已完成",
    ] {
        assert!(!is_for_later(now, august), "{now}");
    }
}

#[test]
fn a_line_break_ends_a_clause() {
    assert_eq!(status("已完成\n下一步计划开展宣传"), Some(Status::Done));
    assert_eq!(status("方案已制定\n年底前完成"), Some(Status::InProgress));
}
