//! The tests that look at the program from outside.

mod answers;
mod build;
mod city_form;
mod cli;
#[cfg(unix)]
mod disk;
mod fault;
mod forms;
mod gallery;
mod half_year;
mod hostile;
mod read_corpus;
mod read_ordinary;
mod pictures;
mod quiet;
mod readme;
#[cfg(unix)]
mod received;
mod rehearse;
mod report_fixture;
mod report_json;
mod report_page;
mod report_returned;
mod report_workbooks;
mod samples;
mod schedule;
mod state;
mod templates;
mod tidy;
mod trend;
mod whole_run;
mod word;
