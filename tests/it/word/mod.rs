//! Word documents as ledgers: what the reader sees in them, and that a ledger says the same in Word as in Excel.

mod run;
mod twins;
