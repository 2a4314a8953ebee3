//! Pictures in cells: laid over a sheet, or placed in a cell as WPS does; carried into 汇总台账.xlsx where small.

use std::fs;
use std::io::{Cursor, Read};

use rust_xlsxwriter::{Image, Workbook};
use taizhang::read::{Sheet, read};

use crate::cli::program;
use crate::hostile::build::xlsx;

/// A picture of one dot, and padding behind its end to make it as large as asked.
fn dot(bytes: usize) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82".to_vec();
    png.resize(bytes.max(png.len()), 0);
    png
}

fn first_sheet(bytes: &[u8]) -> Sheet {
    read(bytes, "a.xlsx").expect("it reads").sheets.swap_remove(0)
}

/// A ledger of one unit whose first row carries a picture.
fn ledger(picture: &[u8]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["任务编号", "工作任务", "完成情况", "佐证材料"]).expect("written");
    sheet.write_row(1, 0, ["1-1", "广告整治", "已完成", ""]).expect("written");
    sheet.write_row(2, 0, ["1-2", "环境整治", "已完成", "照片1张"]).expect("written");
    let image = Image::new_from_buffer(picture).expect("a picture");
    sheet.insert_image(1, 3, &image).expect("inserted");
    book.save_to_buffer().expect("saved")
}

#[test]
fn a_small_picture_comes_with_its_cell_and_a_large_one_is_only_counted() {
    for (size, kept) in [(0, 1), (100 << 10, 1), (200 << 10, 0)] {
        let sheet = first_sheet(&ledger(&dot(size)));
        assert_eq!((&sheet.pictures[..], sheet.images.len()), (&[(1, 3)][..], kept), "{size}");
        if let Some(image) = sheet.images.first() {
            assert_eq!((image.row, image.col, &image.bytes), (1, 3, &dot(size)));
        }
    }
}

#[test]
fn a_picture_that_wps_placed_in_a_cell_is_found_by_its_name() {
    let mut book =
        xlsx("<row r='2'><c r='B2' t='str'><f>_xlfn.DISPIMG(\"ID_7\",1)</f><v>=DISPIMG(\"ID_7\",1)</v></c></row>");
    book.more.push((
        "xl/cellimages.xml".into(),
        b"<etc:cellImages><etc:cellImage><xdr:pic><xdr:cNvPr id='2' name='ID_7'/><a:blip r:embed='rId1'/></xdr:pic></etc:cellImage></etc:cellImages>".to_vec(),
    ));
    book.more.push((
        "xl/_rels/cellimages.xml.rels".into(),
        b"<Relationships><Relationship Id='rId1' Type='x/image' Target='media/image1.png'/></Relationships>".to_vec(),
    ));
    book.more.push(("xl/media/image1.png".into(), dot(0)));
    let sheet = first_sheet(&book.bytes());
    assert_eq!(sheet.pictures, [(1, 1)]);
    assert_eq!(sheet.images.iter().map(|i| (i.row, i.col, i.bytes.clone())).collect::<Vec<_>>(), [(1, 1, dot(0))]);
}

#[test]
fn small_pictures_reach_the_consolidated_workbook_unless_the_settings_say_no() {
    for (setting, carried) in [("", true), ("pictures = false\n", false)] {
        let dir = tempfile::tempdir().expect("a folder");
        let path = |name: &str| dir.path().join(name);
        let mut division = Workbook::new();
        let sheet = division.add_worksheet();
        sheet.write_row(0, 0, ["任务编号", "工作任务", "责任单位", "佐证材料"]).expect("written");
        sheet.write_row(1, 0, ["1-1", "广告整治", "综合科", "实景照片"]).expect("written");
        sheet.write_row(2, 0, ["1-2", "环境整治", "综合科", "实景照片"]).expect("written");
        division.save(path("任务分工.xlsx")).expect("saved");
        fs::create_dir(path("收件")).expect("made");
        fs::write(path("收件/综合科.xlsx"), ledger(&dot(0))).expect("written");
        fs::write(path("收件/收件登记.csv"), "文件,收件时间\n综合科.xlsx,2014-09-01 10:00\n").expect("written");
        let settings = format!("{setting}full_marks = 0\nas_of = \"2014-09-02\"\nwindow = \"2014-08\"\n");
        fs::write(path("taizhang.toml"), settings).expect("written");
        let run = program().arg("run").arg(dir.path()).output().expect("it starts");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let book = fs::read(path("输出/2014-08/汇总台账.xlsx")).expect("written");
        let mut archive = zip::ZipArchive::new(Cursor::new(book)).expect("a workbook");
        let mut media = Vec::new();
        if let Ok(mut part) = archive.by_name("xl/media/image1.png") {
            part.read_to_end(&mut media).expect("inflates");
        }
        assert_eq!(media == dot(0), carried, "{setting}");
    }
}
