//! taizhang (台账) collects the Excel ledgers that units submit for a civilised-city campaign, checks them against the
//! task division, and writes the consolidated workbook and the report of what is missing.
//!
//! # One road, one way
//!
//! ```text
//! campaign (disk)               pipeline (pure)                                         campaign (disk)
//! intake ─► bytes ─► read ─► table ─► ledger ─► check(file, ledger, record) ─┐
//!                    Grid    Table    Record    Findings                     ├─► obligation ─► check(batch) ─► outcome ─► render ─► emit
//!   one file = one parallel item, order kept ────────────────────────────────┘   all files                     Tally      bytes     temp + rename
//! ```
//!
//! Each module uses only those above it in this list:
//!
//! * [`basis`] what everything stands on: place, finding, text, calendar, settings
//! * [`read`] bytes → grids
//! * [`table`] grids → tables: headings, columns, kinds of rows
//! * [`ruling`] what a person has settled: read, found by its words, never by a row
//! * [`division`] who owes what
//! * [`draft`] a plan document → a draft of the division
//! * [`ledger`] tables → records: values, unit, task
//! * [`obligation`] task × unit × period, and the state of each
//! * [`check`] records → findings: one rule a file
//! * [`outcome`] what a run came to: issues, merge, tally, gaps, figures, matrix
//! * [`pipeline`] the stages strung together; pure, knows no output
//! * [`render`] outcome → bytes: one output a file
//! * [`campaign`] the disk and the clock
//! * [`cli`] one command a file

pub mod basis;
pub mod read;
pub mod table;
pub mod ruling;
pub mod division;
pub mod draft;
pub mod ledger;
pub mod obligation;
pub mod check;
pub mod outcome;
pub mod pipeline;
pub mod render;
pub mod campaign;
pub mod cli;
