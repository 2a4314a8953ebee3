//! What `explain` says of each kind of ruling; the wording stands here and nowhere else.

use super::RulingKind;
use crate::basis::Lang;

/// The explanation of a kind.
#[derive(Clone, Copy, Debug)]
pub struct Explained {
    /// When the program asks.
    pub asked: &'static str,
    /// What a ruling changes.
    pub settles: &'static str,
    /// Which text identifies it.
    pub known_by: &'static str,
    /// An example.
    pub example: &'static str,
}

impl RulingKind {
    /// The explanation in one language.
    pub fn explained(self, lang: Lang) -> Explained {
        match self {
            RulingKind::Task => lang.pick(
                Explained {
                    asked: "一行对不上任务（R201），或任务是按相似度、按编号认的（R207）。",
                    settles: "这一行归到认定的任务，问题随之消除；选“不计”的留在“未归类”，不再提示。",
                    known_by: "原表中的编号和工作任务文字。",
                    example: "“搞卫生”认定为 1-2，范围选“本单位今后”：该单位下月再写“搞卫生”也归到 1-2。",
                },
                Explained {
                    asked: "A row found no task (R201), or its task was told by likeness or against its text (R207).",
                    settles: "The row belongs to the task that was ruled, and the finding is gone; 不计 leaves it in 未归类.",
                    known_by: "Its code and text as written.",
                    example: "搞卫生 ruled as 1-2 for this unit from now on.",
                },
            ),
            RulingKind::Sender => lang.pick(
                Explained {
                    asked: "看不出文件是谁报的（F08），或写的单位不在名录（R202）。",
                    settles: "文件或行算作认定的单位；整份文件选“不计”的不计入本期。",
                    known_by: "写的单位名称；没有写的，看文件名（不含数字和年月日）。",
                    example: "“综合处”认定为综合科，范围选“全部今后”。长期如此的，建议登记到名录的“别名”。",
                },
                Explained {
                    asked: "Nobody can tell who sent a file (F08), or a name is not in the roster (R202).",
                    settles: "The file or row counts for the unit that was ruled; a file that is 不计 is ignored.",
                    known_by: "The name as written, else the file's name without digits and period.",
                    example: "综合处 ruled as 综合科 for everybody.",
                },
            ),
            RulingKind::Heading => lang.pick(
                Explained {
                    asked: "表头不识别但像某个字段（S11），缺少任务或编号列（S12），或字段是按内容认出来的。",
                    settles: "这个表头按认定的字段读取，同“台账字段”的同义表头；选“不计”的按原表头保留。",
                    known_by: "表头文字。",
                    example: "“开展情况”认定为完成情况，范围选“全部今后”：以后各单位都这样读。",
                },
                Explained {
                    asked: "A heading is unknown and like a field (S11), task and code are missing (S12), or cells told the field.",
                    settles: "The heading means the field that was ruled, as a synonym does; 不计 keeps it under its own name.",
                    known_by: "The heading.",
                    example: "开展情况 ruled as 完成情况 for everybody.",
                },
            ),
            RulingKind::State => lang.pick(
                Explained {
                    asked: "“完成情况”写的不是能识别的状态（C105）。",
                    settles: "这种写法按认定的状态统计，原文不改。",
                    known_by: "所写的文字。",
                    example: "“差不多了”认定为正在推进。",
                },
                Explained {
                    asked: "完成情况 holds wording that is not known (C105).",
                    settles: "The wording counts as the state that was ruled; the text stays as it is.",
                    known_by: "The wording.",
                    example: "差不多了 ruled as in progress.",
                },
            ),
            RulingKind::Conflict => lang.pick(
                Explained {
                    asked: "两份台账对同一任务说法不一（X301）。",
                    settles: "问题仍列出，注明认定，不再计数、通知和退回；①为不冲突，“其他”写明以哪个单位报的为准。",
                    known_by: "任务编号和两处的原文。",
                    example: "牵头单位写“正在推进”，责任单位写“已完成”，核实后认定以责任单位为准。",
                },
                Explained {
                    asked: "Two ledgers differ on one task (X301).",
                    settles: "The finding stands with the ruling and counts no more; 其他 names the unit whose report counts.",
                    known_by: "The task's code and both texts.",
                    example: "The lead unit says in progress, the unit itself done; the unit's report counts.",
                },
            ),
            RulingKind::OnTime => lang.pick(
                Explained {
                    asked: "报送晚于时限（D403）。",
                    settles: "按时统计，问题仍列出并注明认定；不再通知。",
                    known_by: "任务编号和报告期。",
                    example: "系统故障，单位9月5日已电话报告：视为按时。",
                },
                Explained {
                    asked: "A report came late (D403).",
                    settles: "It counts as on time; the finding stands with the ruling.",
                    known_by: "The tasks' codes and the period.",
                    example: "The network was down and the unit had told so by telephone.",
                },
            ),
            RulingKind::Evidence => lang.pick(
                Explained {
                    asked: "已完成而没有写佐证材料，或缺几种（D404）。",
                    settles: "已见纸质原件的，问题仍列出并注明认定，不再计入缺项、通知和退回。",
                    known_by: "任务编号。",
                    example: "签到表只有纸质的，9月4日已看原件。",
                },
                Explained {
                    asked: "Something is done and its evidence is missing (D404).",
                    settles: "It was seen on paper: the finding stands with the ruling and counts no more.",
                    known_by: "The task's code.",
                    example: "The attendance list exists on paper only and was seen on 4 September.",
                },
            ),
            RulingKind::Responsibility => lang.pick(
                Explained {
                    asked: "单位对任务有异议（完成情况写“有异议”）。",
                    settles: "①不涉及：本项对该单位不再计；“其他”写接手的单位，可加“，自某年某月某日起”，此前的报告期不变。\
                              与延期豁免不一致的，以认定为准。",
                    known_by: "任务编号。",
                    example: "1-3 由后勤中心接手：“后勤中心，自2014年9月1日起”。",
                },
                Explained {
                    asked: "A unit disputes a task.",
                    settles: "① excuses it; 其他 names the unit that takes the task over and since when; earlier windows stay as \
                              they were. A ruling beats 延期豁免.",
                    known_by: "The task's code.",
                    example: "后勤中心，自2014年9月1日起",
                },
            ),
        }
    }
}
