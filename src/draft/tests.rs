//! Drafts of small invented plans, one a habit of writing.
