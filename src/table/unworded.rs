//! Layouts whose headings no list of words knows, and rows around them that look like headings.

use super::layouts::see;

#[test]
fn names_of_people_head_columns() {
    assert_eq!(
        see("
工作日期 | 甲某 | 乙某 | 丙某 | 丁某
5月28日 | 完成了广告整治的前期摸底 | 完成了登记页面的设计 | |
5月29日 | 实现了点位信息的上图 | 将登记页面交付各社区试用 | 完成模板页 |
5月30日 | 帮助社区修补台账 | | 基本完成评议 |
"),
        ["!A1:E1 工作日期=日期 甲某=- 乙某=- 丙某=- 丁某=- RRR"]
    );
}

#[test]
fn a_list_of_names_and_numbers() {
    assert_eq!(
        see("
十月份 | 加班
甲某 | 24
乙某 | 16
丙某 | 24
丁某 | 8
戊某 | 24
"),
        ["!A1:B1 十月份=- 加班=- RRRRR"]
    );
    assert_eq!(
        see("
端口 | 服务
开放 | 8080
关闭 | 三处
停用 | 22
备用 | 443
其他 | 80
"),
        [""; 0],
        "a label with its value, not a list of numbers"
    );
}

#[test]
fn the_same_headings_again_side_by_side() {
    assert_eq!(
        see("
上午 | < | < | 下午 | < | <
姓名 | 签到 | 签退 | 姓名 | 签到 | 签退
甲某 | | | 甲某 | |
乙某 | | | 乙某 | |
"),
        ["!A1:F2 上午/姓名=- 上午/签到=- 上午/签退=- 下午/姓名=- 下午/签到=- 下午/签退=- RR"]
    );
}

#[test]
fn days_with_two_columns_each_are_a_heading() {
    assert_eq!(
        see("
序号 | 部门 | 姓名 | | | | | |
^ | ^ | ^ | 上班 | 下班 | 上班 | 下班 | 上班 | 下班
 | 综合科 | 甲某 | | | | | |
 | | 乙某 | | | | | |
 | | 丙某 | | | | | |
"),
        ["!A1:I2 序号 部门=责任单位 姓名=- 上班=- 下班=- 上班=- 下班=- 上班=- 下班=- RRR"]
    );
}

#[test]
fn hints_in_brackets_tell_columns_apart() {
    assert_eq!(
        see("
 | | 安全管理
安全值班表 | < | < | < | <
日期 | 值班人员（白班） | 值班时间 | 值班人员（夜班） | 值班时间
@2009-10-01 | 甲某 | 08：00--20：00 | 乙某 | 20：00--08：00
@2009-10-02 | 丙某 | 08：00--20：00 | 甲某 | 20：00--08：00
"),
        ["!A3:E3 日期 值班人员（白班）=- 值班时间=- 值班人员（夜班）=- 值班时间=- RR"]
    );
}

#[test]
fn a_heading_to_be_filled_in_with_a_note_below() {
    assert_eq!(
        see("
权限申请表 | < | < | < | <
姓名 | 权限类型 | 项目名称 | 使用期限（天） | 申请原因


使用说明：用于新增、注销 | < | < | < | <
"),
        ["A2:E2 姓名=- 权限类型=- 项目名称=工作任务 使用期限（天）=- 申请原因=- ..I"]
    );
}

#[test]
fn a_row_of_columns_that_looks_like_labels_with_values() {
    assert_eq!(
        see("
特性 | 功能细项 | 责任人 | 依赖
秒开 | 第三方的推送验证必达率和速度 | |
^ | 在线时必达率提升到九成 | |
^ | 解决通话建立后没有声音的问题 | |
^ | 界面优化版本上线 | |
"),
        ["!A1:D1 特性=- 功能细项=- 责任人 依赖=- RRRR"]
    );
    assert_eq!(
        see("
姓名 | 甲某 | 性别 | 男
出生年月 | 1990年1月 | 民族 | 汉
政治面貌 | 群众 | 籍贯 | 某市
联系电话 | 无 | 邮箱 | 无
"),
        [""; 0],
        "labels with values"
    );
    assert_eq!(
        see("
客户名称 | 甲公司 | 需求类型 | 客服 | 需求数量 | 50人
类型 | 外包 | 所属行业 | 通信 | 到岗日期 | 2月
联系电话 | 无 | 邮箱 | 无 | 地址 | 无
"),
        [""; 0],
        "50人 is an amount, not a heading"
    );
}

#[test]
fn labels_and_values_merged_over_columns_are_no_heading() {
    assert_eq!(
        see("
项目名称 | < | 企业就业失业数据采集系统 | < | 公司名称 | < | 甲公司 | <
项目负责人 | < | 甲某 | < | 日期 | < | @2023-05-23 | <
模块 | 子模块 | 需求 | < | 设计 | < | 测试 | <
^ | ^ | 开始时间 | 结束时间 | 开始时间 | 结束时间 | 开始时间 | 结束时间
采集 | 实时采集 | @2023-05-23 | @2023-06-26 | @2023-05-26 | @2023-06-29 | @2023-06-29 | @2023-10-10
^ | 传输 | @2023-05-23 | @2023-06-25 | @2023-05-25 | @2023-06-28 | @2023-06-28 | @2023-10-12
"),
        ["!A3:H4 模块=- 子模块=- 需求/开始时间=- 需求/结束时间=- 设计/开始时间=- 设计/结束时间=- \
          测试/开始时间=- 测试/结束时间=- RR"]
    );
}

#[test]
fn lines_about_the_table_are_no_part_of_its_heading() {
    assert_eq!(
        see("
培训机构（印章） | < | 培训专业：  培训时间： | < | <
序号 | 姓名 | 保险编号 | 身份证号 | 联系电话
1 | 甲某 | 3 | 4 | 5
"),
        ["!A2:E2 序号 姓名=- 保险编号=- 身份证号=- 联系电话 R"],
        "places for a seal and labels"
    );
    assert_eq!(
        see("
工程项目：冷却塔 | < | < | < | <
 | | | | 2018.3.6.
序号 | 项目名称 | 单价 | 数量 | 备注
1 | 地基挖土 | 2800 | 1 |
2 | 土方外运 | 800 | 1 |
"),
        ["A3:E3 序号 项目名称=工作任务 单价=- 数量 备注 RR"],
        "a day above the last column"
    );
    assert_eq!(
        see("
基本要求 | < | 符合某某工程质量检验评定标准第十二章第五节 | < | <
项次 | 检查项目 | 允许偏差 | 实测值 | 合格率
1 | 苗木规格 | 符合设计 | 111 | 100
2 | 土层厚度 | 符合规定 | 58 | 100
"),
        ["A2:E2 项次=序号 检查项目=工作任务 允许偏差=- 实测值=- 合格率=- RR"],
        "a label with a sentence"
    );
}

#[test]
fn records_merged_down_are_no_second_row_of_the_heading() {
    assert_eq!(
        see("
功能菜单 | < | < | 功能描述 | 责任人 | 备注
网站 | 首页
^ | 注册 | | 页面与校验 | 甲某
^ | 登录 | | 页面与校验 | 乙某
^ | 密码 | | 找回 | 乙某
^ | 法规
^ | 视频
^ | 培训
"),
        ["!A1:F1 功能菜单=- 功能菜单=- 功能描述=- 责任人 备注 RRRRRRR"]
    );
}

#[test]
fn items_beside_the_name_of_their_group_are_no_heading() {
    let found = see("
权益 | 功能 | < | < | <
积分 | 获取 | 行为 | 每日任务 | 每日登录
^ | ^ | ^ | ^ | 日常签到
^ | ^ | ^ | ^ | 分享商品
^ | ^ | ^ | ^ | 邀请好友
^ | 规则 | 分值以及条件 | |
消耗 | 特权 | 免广告 | |
^ | ^ | 领取礼包 | |
");
    assert!(found.iter().all(|table| table.starts_with('!')), "no task is named: {found:?}");
}

#[test]
fn two_titles_side_by_side_head_two_tables() {
    assert_eq!(
        see("
系统升级进度计划 | < | < | < | | 延误原因汇总 | < | <
阶段 | 工作任务 | 责任人 | 状态 | | 发生版本 | 延误原因 | 延误天数
启动 | 构思升级方案 | 甲某 | 完成 | | V1 | 车源预测 | 3
^ | 编写章程 | 乙某 | 完成 | | V1 | 款型匹配 | 3
^ | 编写需求 | 乙某 | 完成
"),
        ["A2:D2 阶段=- 工作任务 责任人 状态=完成情况 RRR", "!F2:H2 发生版本=- 延误原因=- 延误天数=- RR"]
    );
}

#[test]
fn a_tally_that_begins_beside_the_title_is_no_part_of_the_ledger() {
    let found = see("
某街道台账 | < | < | | 类型 | 数量
序号 | 工作任务 | 完成情况 | | 广告 | 12
1 | 广告整治 | 已完成 | | 车位 | 3
2 | 志愿服务 | 进行中 | | 合计 | 15
");
    assert_eq!(found[0], "A2:C2 序号 工作任务 完成情况 RR");
}

#[test]
fn what_follows_the_last_record_or_the_total() {
    assert_eq!(
        see("
阶段 | 工作任务 | 责任人 | 时限 | 状态
启动 | 构思升级方案 | 甲某 | 10.31 | 完成
^ | 编写章程 | 乙某 | 10.31 | 完成
交付 | 交付接口 | 乙某 | 11.08 | 未完成
 | | 计划实际交付时间 | 12.07 |
 | | 最终实际交付时间 | 12.21 |
"),
        ["A1:E1 阶段=- 工作任务 责任人 时限=完成时限 状态=完成情况 RRRFF"],
        "moments of the whole plan"
    );
    assert_eq!(
        see("
编号 | 项目名称 | 规格 | 数量 | 金额 | 供应商
1 | 管道安装 | 一型 | 1 | 300 | 甲厂
2 | 支架安装 | 二型 | 2 | 500 | 乙厂
合计 | | | 3 | 800 |
 | | | | | 某某公司
 | | | | 审批价： | 750
"),
        ["A1:F1 编号=序号 项目名称=工作任务 规格=- 数量 金额=- 供应商=- RRTFF"],
        "the foot of a printed form"
    );
    assert_eq!(
        see("
模块 | 工作任务 | 人天 | 责任人
设计 | 需求分析 | 1 | 甲某
^ | 系统设计 | 2 | 甲某
汇总 | < | 3 | 甲某
"),
        ["A1:D1 模块=- 工作任务 人天=- 责任人 RRT"]
    );
    assert_eq!(
        see("
序号 | 工作任务 | 责任人
1 | 采集 | 甲某
2 | 汇总 | 甲某
"),
        ["A1:C1 序号 工作任务 责任人 RR"],
        "汇总 is work to do"
    );
    assert_eq!(
        see("
序号 | 工作任务 | 具体内容
1 | 账号管理 | 配置目录
2 | 后台管理 | 问题方案
^ | ^ | 检查时间
^ | ^ | 权限方案
"),
        ["A1:C1 序号 工作任务 具体内容=- RRRR"],
        "parts of the last task"
    );
}

#[test]
fn codes_printed_beforehand_are_blank_rows() {
    assert_eq!(
        see("
任务编号 | 任务描述 | 优先级
9000 | 增加上传 | 3
9001 | 增加消息 | 3
9002 | 通知乘客 | 3
9003 | 优化页面 | 3
9004
9005
"),
        ["A1:C1 任务编号 任务描述=工作任务 优先级=- RRRR.."]
    );
}
