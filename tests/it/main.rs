//! The tests that look at the program from outside.

mod answers;
mod build;
mod campaign;
mod chinese;
mod circles;
mod city_form;
mod cli;
mod drafts;
mod english;
mod closure;
mod copies;
#[cfg(unix)]
mod decided;
mod disk;
mod fault;
mod forms;
mod gallery;
mod half_year;
mod health;
mod kept;
mod long_notice;
mod hostile;
mod model;
mod read_corpus;
mod read_ordinary;
mod nil_reports;
mod outputs;
mod pictures;
mod quiet;
mod readme;
#[cfg(unix)]
mod received;
mod rehearse;
mod render;
mod rulings;
mod samples;
mod schedule;
mod second_reader;
mod state;
mod templates;
mod tidy;
mod trend;
mod unmatched;
mod way_back;
mod whole_run;
mod word;
