//! Native charts of cells.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker,
    ChartMarkerType, ChartSolidFill, ChartType, Color,
};

/// Cells of one column, 0-based.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    /// The sheet.
    pub sheet: &'a str,
    /// The column.
    pub col: u16,
    /// First row.
    pub first: u32,
    /// Last row.
    pub last: u32,
}

/// A series: name, values, colour.
pub type Series<'a> = (&'a str, Strip<'a>, u32);

/// A finished chart.
pub struct Drawing(pub(super) Chart);

/// The kinds of charts used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Stacked horizontal bars.
    Stacked,
    /// Lines of rates.
    Trend,
    /// A ring with the count of each part.
    Ring,
}

impl Drawing {
    /// Makes a chart of a size in pixels.
    pub fn new(
        style: Style,
        title: &str,
        names: Strip<'_>,
        series: &[Series<'_>],
        size: (u32, u32),
        font: &str,
    ) -> Drawing {
        let mut chart = match style {
            Style::Stacked => Chart::new(ChartType::BarStacked),
            Style::Trend => Chart::new(ChartType::Line),
            Style::Ring => Chart::new_doughnut(),
        };
        let mut letters = ChartFont::new();
        letters.set_name(font).set_size(10.5);
        let mut heading = ChartFont::new();
        heading.set_name(font).set_size(12).set_bold();
        chart.title().set_name(title).set_font(&heading);
        chart.set_width(size.0).set_height(size.1).set_alt_text(title);
        let labels = if style == Style::Trend { rate_labels(font) } else { labels(font) };
        let colours: Vec<Color> = series.iter().map(|(.., colour)| Color::RGB(*colour)).collect();
        for ((name, strip, _), colour) in series.iter().zip(&colours) {
            let one = chart.add_series();
            one.set_name(*name)
                .set_categories((names.sheet, names.first, names.col, names.last, names.col))
                .set_values((strip.sheet, strip.first, strip.col, strip.last, strip.col))
                .set_data_label(&labels);
            if style == Style::Trend {
                let (mut line, mut point) = (ChartLine::new(), ChartMarker::new());
                line.set_color(*colour).set_width(2.25);
                one.set_format(ChartFormat::new().set_line(&line));
                one.set_marker(point.set_type(ChartMarkerType::Circle).set_size(6));
                continue;
            }
            let mut fill = ChartSolidFill::new();
            fill.set_color(*colour);
            one.set_format(ChartFormat::new().set_solid_fill(&fill)).set_gap(40).set_overlap(100);
        }
        chart.legend().set_font(&letters);
        match style {
            Style::Ring => {
                chart.legend().set_position(ChartLegendPosition::Right);
                chart.set_hole_size(55);
            }
            Style::Stacked => {
                // bars are drawn from the bottom, but tables are read from the top
                // each bar has its name
                chart.y_axis().set_font(&letters).set_reverse().set_label_interval(1);
                chart.x_axis().set_min(0).set_major_gridlines(false).set_hidden(true);
                chart.legend().set_position(ChartLegendPosition::Bottom);
            }
            Style::Trend => {
                chart.x_axis().set_font(&letters);
                chart.y_axis().set_font(&letters).set_min(0).set_max(1).set_num_format("0%");
                chart.legend().set_position(ChartLegendPosition::Bottom);
            }
        }
        Drawing(chart)
    }

    /// Makes a ring chart of a width in pixels, with a colour for each part.
    pub fn ring(
        title: &str,
        (names, values): (Strip<'_>, Strip<'_>),
        colours: &[u32],
        width: u32,
        font: &str,
    ) -> Drawing {
        let mut drawing = Drawing::new(Style::Ring, title, names, &[], (width, 300), font);
        let labels = labels(font);
        let colours: Vec<Color> = colours.iter().map(|colour| Color::RGB(*colour)).collect();
        drawing
            .0
            .add_series()
            .set_categories((names.sheet, names.first, names.col, names.last, names.col))
            .set_values((values.sheet, values.first, values.col, values.last, values.col))
            .set_data_label(&labels)
            .set_point_colors(&colours);
        drawing
    }
}

/// Labels of rates, above the points.
fn rate_labels(font: &str) -> ChartDataLabel {
    let mut letters = ChartFont::new();
    letters.set_name(font).set_size(10.5);
    let mut labels = ChartDataLabel::new();
    labels.show_value().set_font(&letters).set_num_format("0.0%").set_position(ChartDataLabelPosition::Above);
    labels
}

/// White number labels; 0 is not shown.
fn labels(font: &str) -> ChartDataLabel {
    let mut letters = ChartFont::new();
    letters.set_name(font).set_size(10.5).set_bold().set_color(Color::White);
    let mut labels = ChartDataLabel::new();
    labels.show_value().set_font(&letters).set_num_format("#,##0;;");
    labels
}
