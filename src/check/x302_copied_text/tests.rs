use super::*;
use crate::check::fixture::check;

#[test]
fn shingles_do_not_depend_on_what_stands_before() {
    let (a, b) = (shingles("文明创建工作台账"), shingles("全市文明，创建 工作台账"));
    assert!(a.len() == 1 && b.len() == 3 && b.contains(&a[0]));
}

#[test]
fn a_text_of_another_unit_is_told_and_a_stock_phrase_is_not() {
    check(
        &CopiedText,
        "
        division | 1-1 广告整治 | 综合科、后勤中心、车管科
        --- 后勤中心.xlsx 2014-09-02 10:00
        任务编号 | 工作任务 | 完成情况 | 进展
        '1-1 | 广告整治 | 正在推进 | 本月组织干部职工二十余人对办公区、家属院公益广告开展全面排查，更换破损广告牌十二块，新设宣传栏三处
        --- 综合科.xlsx 2014-09-03 10:00
        任务编号 | 工作任务 | 完成情况 | 进展
        '1-1 | 广告整治 | 正在推进 | 本月组织干部职工二十余人，对办公区、家属院公益广告开展全面排查，更换破损广告牌十二块，新设宣传栏四处     <- X302 @D 综合科 1-1
        --- 车管科.xlsx 2014-09-04 10:00
        任务编号 | 工作任务 | 完成情况 | 进展
        '1-1 | 广告整治 | 正在推进 | 按照要求持续推进
        ",
    );
}

#[test]
fn a_text_of_the_month_before_is_told() {
    check(
        &CopiedText,
        "
        division | 1-1 广告整治 | 综合科
        --- 综合科7月台账.xlsx 2014-08-02 10:00
        任务编号 | 工作任务 | 完成情况 | 进展
        '1-1 | 广告整治 | 正在推进 | 本月组织干部职工二十余人对办公区、家属院公益广告开展全面排查，更换破损广告牌十二块
        --- 综合科8月台账.xlsx 2014-09-03 10:00
        任务编号 | 工作任务 | 完成情况 | 进展
        '1-1 | 广告整治 | 正在推进 | 本月组织干部职工二十余人对办公区、家属院公益广告开展全面排查，更换破损广告牌十二块     <- X302 @D 综合科
        ",
    );
}

#[test]
fn what_the_division_says_belongs_to_nobody() {
    check(
        &CopiedText,
        "
        division | 1-1 在机关办公楼大厅、食堂、电梯间和停车场设置公益广告，内容定期更换，保持整洁美观无破损 | 综合科、后勤中心
        --- 后勤中心.xlsx
        任务编号 | 完成情况 | 进展
        '1-1 | 正在推进 | 在机关办公楼大厅、食堂、电梯间和停车场设置公益广告，内容定期更换，保持整洁美观无破损
        --- 综合科.xlsx
        任务编号 | 完成情况 | 进展
        '1-1 | 正在推进 | 在机关办公楼大厅、食堂、电梯间和停车场设置公益广告，内容定期更换，保持整洁美观无破损
        ",
    );
}

/// So many different characters, from one on.
fn words(from: u32, count: u32) -> String {
    (from..from + count).filter_map(|n| char::from_u32(0x4e00 + 7 * n)).collect()
}

/// The second unit's text against that of the first.
fn against(first: &str, second: &str, told: bool) {
    let mark = if told { "<- X302 @C 综合科" } else { "" };
    let drawing = format!(
        "division | 1-1 广告整治 | 综合科、后勤中心
         --- 后勤中心.xlsx 2014-09-02 10:00
         任务编号 | 完成情况 | 进展
         '1-1 | 正在推进 | {first}
         --- 综合科.xlsx 2014-09-03 10:00
         任务编号 | 完成情况 | 进展
         '1-1 | 正在推进 | {second}   {mark}"
    );
    check(&CopiedText, &drawing);
}

#[test]
fn four_fifths_are_copied_and_a_shingle_less_is_not() {
    // 57 characters are 50 shingles; the first 47 hold 40 of them, the first 46 hold 39.
    let first = words(0, 57);
    against(&first, &(words(0, 47) + &words(100, 10)), true);
    against(&first, &(words(0, 46) + &words(100, 11)), false);
}

#[test]
fn thirty_characters_are_worth_comparing_and_fewer_are_not() {
    against(&words(0, 30), &words(0, 30), true);
    against(&words(0, 29), &words(0, 29), false);
}

#[test]
fn a_unit_may_repeat_itself_within_a_window() {
    let text = words(0, 40);
    let drawing = format!(
        "division | 1-1 广告整治 | 综合科
         --- 综合科.xlsx 2014-09-03 10:00
         任务编号 | 完成情况 | 日期 | 进展
         '1-1 | 正在推进 | 8月1日 | {text}
         '1-1 | 正在推进 | 8月2日 | {text}好"
    );
    check(&CopiedText, &drawing);
}

#[test]
fn what_is_mostly_the_wording_of_the_division_is_not_the_units_own() {
    let text = "组织党员志愿者在东湖路文明路口开展交通劝导并向过往群众发放倡议书和宣传册共三百余份，清理沿街小广告两处，\
                并会同社区走访商户五十家";
    let all = shingles(text);
    let own = |shared: usize| {
        let given = all.iter().take(shared).copied().collect();
        Texts { given, told: Vec::new() }.own(text).len()
    };
    let half = all.len() / 2;
    assert!(all.len() - half - 2 >= WORTH - SHINGLE, "the text is long enough");
    assert_eq!([0, half, half + 2, all.len()].map(own), [all.len(), all.len() - half, 0, 0]);
    // Too little is left of a short one.
    let left = |text: &str| Texts { given: HashSet::new(), told: Vec::new() }.own(text).len();
    let start = |count: usize| text.chars().take(count).collect::<String>();
    assert_eq!((left(&start(WORTH - 2)), left(&start(WORTH - 1))), (0, WORTH - SHINGLE));
}

#[test]
fn numbers_in_common_of_two_ascending_lists() {
    for (a, b, enough, common) in [
        (&[1, 2, 3][..], &[1, 2, 3][..], 3, Some(3)),
        (&[1, 2, 3], &[2, 3, 4], 2, Some(2)),
        (&[1, 2, 3], &[2, 3, 4], 3, None),
        (&[1, 3, 5], &[2, 4, 6], 1, None),
        (&[5], &[1, 2, 3, 4, 5], 1, Some(1)),
        (&[1, 9], &[9], 1, Some(1)),
        (&[], &[1], 0, Some(0)),
    ] {
        assert_eq!(shared(a, b, enough), common, "{a:?} {b:?}");
    }
}
