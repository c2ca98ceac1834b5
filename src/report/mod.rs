//! Results → document → Markdown and HTML.
