//! Names that would stand twice are told apart by a number.

/// The first of a name's forms, the one with nothing at its end, then those that end in `~2`, `~3` …, that is `free`.
pub fn apart(form: impl Fn(&str) -> String, mut free: impl FnMut(&str) -> bool) -> String {
    let mut name = form("");
    for number in 2u32.. {
        if free(&name) {
            break;
        }
        name = form(&format!("~{number}"));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn the_first_free_form_is_taken() {
        let among = |taken: &[&str]| apart(|end| format!("台账{end}"), |name| !taken.contains(&name));
        assert_eq!(among(&["台账~2"]), "台账");
        assert_eq!(among(&["台账"]), "台账~2");
        assert_eq!(among(&["台账", "台账~2", "台账~4"]), "台账~3");
    }
}
