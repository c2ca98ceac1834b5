//! Both writers, whole.

use super::fixture;
use prepost::report::{document, to_html, to_markdown};

#[test]
fn markdown() {
    insta::assert_snapshot!("five_domains.md", to_markdown(&document(&fixture::five_domains(), &fixture::figures())));
}

#[test]
fn html() {
    insta::assert_snapshot!("five_domains.html", to_html(&document(&fixture::five_domains(), &fixture::figures())));
}
