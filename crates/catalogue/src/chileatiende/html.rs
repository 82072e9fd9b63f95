//! The words of a piece of HTML, line by line, as a person would read them.
//!
//! What fichas hold is what an editor in a browser left: paragraphs, lists, bold, links, entities, now and then a table
//! or a script. A whole HTML parser would keep what is then thrown away. Here nothing of the markup survives: what is
//! not text is dropped, and what is broken is read as far as it goes, so no input can put markup into a sheet.

/// Elements before and after which a line ends.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements whose inside is no text.
const SILENT: &[&str] =
    &["head", "iframe", "noscript", "object", "script", "style", "svg", "template", "title"];

/// Entities of Spanish texts beyond those of every text; the rest can be written as numbers.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("aacute", "á"),
    ("eacute", "é"),
    ("iacute", "í"),
    ("oacute", "ó"),
    ("uacute", "ú"),
    ("Aacute", "Á"),
    ("Eacute", "É"),
    ("Iacute", "Í"),
    ("Oacute", "Ó"),
    ("Uacute", "Ú"),
    ("ntilde", "ñ"),
    ("Ntilde", "Ñ"),
    ("uuml", "ü"),
    ("Uuml", "Ü"),
    ("iquest", "¿"),
    ("iexcl", "¡"),
    ("ordm", "º"),
    ("ordf", "ª"),
    ("deg", "°"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("bull", "•"),
    ("middot", "·"),
    ("euro", "€"),
    ("frac12", "½"),
    ("copy", "©"),
    ("reg", "®"),
    ("shy", ""),
];

/// Its lines, none of them blank, with single spaces.
pub(super) fn lines(html: &str) -> Vec<String> {
    let mut reader = Reader { lines: vec![String::new()], silent: None };
    let mut rest = html;
    while let Some((text, tag_on)) = rest.split_once('<') {
        reader.text(text);
        // "Menos de < 3 días" has no tag in it.
        let is_tag = tag_on.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        if !is_tag {
            reader.text("<");
            rest = tag_on;
        } else if let Some(comment) = tag_on.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else {
            // A tag that never ends takes the rest with it.
            let (tag, after) = tag_on.split_once('>').unwrap_or((tag_on, ""));
            reader.tag(tag);
            rest = after;
        }
    }
    reader.text(rest);
    let single = |line: &String| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = reader.lines.iter().map(single);
    lines.map(|line| safe(&line)).filter(|line| line.chars().any(char::is_alphanumeric)).collect()
}

struct Reader {
    lines: Vec<String>,
    /// The element whose inside is being passed over.
    silent: Option<String>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if self.silent.is_some() {
            return;
        }
        if let Some(line) = self.lines.last_mut() {
            line.push_str(&decoded(text));
        }
    }

    fn tag(&mut self, tag: &str) {
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if let Some(silent) = &self.silent {
            if closing && *silent == name {
                self.silent = None;
            }
        } else if !closing && SILENT.contains(&name.as_str()) && !tag.ends_with('/') {
            self.silent = Some(name);
        } else if BLOCKS.contains(&name.as_str()) {
            self.lines.push(String::new());
        }
    }
}

/// Text with its entities as what they stand for.
fn decoded(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some((before, entity_on)) = rest.split_once('&') {
        decoded.push_str(before);
        let entity = entity_on.split_once(';').and_then(|(name, after)| Some((meant(name)?, after)));
        if let Some((meant, after)) = entity {
            decoded.push_str(&meant);
            rest = after;
        } else {
            decoded.push('&');
            rest = entity_on;
        }
    }
    decoded.push_str(rest);
    decoded
}

fn meant(entity: &str) -> Option<String> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    ENTITIES.iter().find(|(name, _)| *name == entity).map(|(_, meant)| (*meant).to_owned())
}

/// What was escaped once too often would be markup again: its signs become look-alikes that no browser reads.
fn safe(line: &str) -> String {
    let shown = line.replace('<', "‹").replace('>', "›");
    let shown: String = shown.chars().filter(|c| !c.is_control()).collect();
    let mut rest = shown.as_str();
    let mut safe = String::new();
    while let Some((before, after)) = rest.split_once('&') {
        safe.push_str(before);
        let entity = after.split_once(';').is_some_and(|(name, _)| {
            name.len() <= 10
                && !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
        });
        safe.push_str(if entity { "& " } else { "&" });
        rest = after;
    }
    safe.push_str(rest);
    safe
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_becomes_lines() {
        let check = |html: &str, expected: &[&str]| assert_eq!(lines(html), expected, "{html}");
        check("", &[]);
        check("  <p> </p>&nbsp;<br/>•", &[]);
        check("Sin marcas", &["Sin marcas"]);
        check("<p>Uno.</p><p>Dos <strong>y</strong>\n tres.</p>", &["Uno.", "Dos y tres."]);
        check("<ul><li>Cédula</li><li>Formulario</LI></ul>", &["Cédula", "Formulario"]);
        check("Uno<br>dos<BR />tres", &["Uno", "dos", "tres"]);
        check("Pensi&oacute;n &quot;b&aacute;sica&quot; &#241; &#xF1;", &["Pensión \"básica\" ñ ñ"]);
        check("<a href=\"https://example.cl/?a>b\">Sitio</a>", &["b\"›Sitio"]);
        check("Antes<script>alert('<p>x</p>')</script>después", &["Antesdespués"]);
        check("<style>p { color: red }</style>Texto", &["Texto"]);
        check("Antes<!-- <p>no --> después", &["Antes después"]);
        check("a < b y c & d", &["a ‹ b y c & d"]);
        check("Sin cerrar <p", &["Sin cerrar"]);
        check("Sin cerrar <script>todo", &["Sin cerrar"]);
        check("&lt;script&gt;alert(1)&lt;/script&gt;", &["‹script›alert(1)‹/script›"]);
        check("&amp;lt;b&amp;gt;", &["& lt;b& gt;"]);
        check("<td>Uno</td><td>Dos</td>", &["Uno", "Dos"]);
        check("tecla\u{8}rara", &["teclarara"]);
    }

    proptest! {
        #[test]
        fn nothing_that_a_browser_reads_survives(html in "[<>&;a-z/#!\"= \\n-]{0,80}") {
            for line in lines(&html) {
                prop_assert!(!line.contains(['<', '>', '\n']) && line.trim() == line && !line.is_empty());
            }
        }
    }
}
