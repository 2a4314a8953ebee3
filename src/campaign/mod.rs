//! The disk and the clock: settings, folders, lock, intake, history, putting outputs in place.
