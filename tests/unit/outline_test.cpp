// The lines of outlines: read from the wire, redacted, and written in the dialect. That the dialect
// is Playwright's is held by tests/outline.
#include "model/outline.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "model/dialect.hpp"
#include "redact/redactor.hpp"
#include "redact/route.hpp"
#include "wire.hpp"

using namespace fieldnote;

namespace {

// What lines become that are parted by line feeds, without redaction.
std::string written(std::string_view wire) {
  std::vector<model::OutlineLine> lines;
  while (!wire.empty()) {
    const std::string_view text = wire.substr(0, wire.find('\n'));
    wire.remove_prefix(std::min(wire.size(), text.size() + 1));
    const auto line = model::read_outline_line(
        text, lines.empty() ? std::nullopt : std::optional(lines.back().depth));
    if (!line) return "no line: " + std::string(text);
    lines.push_back(*line);
  }
  model::OutlineWriter writer;
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i)
    writer.write(out, lines[i], i + 1 < lines.size() ? &lines[i + 1] : nullptr);
  return out;
}

struct Redaction {
  policy::Team team;
  redact::Redactor redactor;
  model::Arena arena;
  redact::Counts counts;

  std::string operator()(std::string_view wire) {
    model::Event event;
    event.kind = model::Kind::outline;
    event.url = testing::a_page;
    event.has_outline = true;
    while (!wire.empty()) {
      event.outline.lines.push_back(wire.substr(0, wire.find('\n')));
      wire.remove_prefix(std::min(wire.size(), event.outline.lines.back().size() + 1));
    }
    if (!redactor.redact_outline(event, team, arena, counts)) return "refused";
    std::string out;
    for (const std::string_view line : event.outline.lines) out += std::string(line) + '\n';
    return out;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(outline)

BOOST_AUTO_TEST_CASE(lines_become_the_dialect) {
  BOOST_TEST(
      written("0\tgeneric active\te1\n"
              "1\theading level=2\te2\tnwOrders\n"
              "1\tcheckbox disabled checked=mixed\te3*\tnwExpress \"fast\"\n"
              "1\ttextbox invalid=spelling\te4\tnwNote\tpwSay it\ttkfree_text,so\n"
              "1\tlink\te5*\tnwit's: x\tuw/a\n"
              "2\timg\te6*\tnwLogo\n"
              "1\ttext\t\ttc12\n"
              "1\tiframe frame=3\te7") ==
      "- generic [active] [ref=e1]:\n"
      "  - heading \"Orders\" [level=2] [ref=e2]\n"
      "  - checkbox \"Express \\\"fast\\\"\" [checked=mixed] [disabled] [ref=e3] [cursor=pointer]\n"
      "  - textbox \"Note\" [invalid=spelling] [ref=e4]:\n"
      "    - /placeholder: Say it\n"
      "    - text: so\n"
      "  - 'link \"it''s: x\" [ref=e5] [cursor=pointer]':\n"
      "    - /url: /a\n"
      "    - img \"Logo\" [ref=e6]\n"
      "  - text: \"12\"\n"
      "  - iframe [ref=e7] [frame=3]\n");
}

BOOST_AUTO_TEST_CASE(what_yaml_would_misread_stands_in_quotes) {
  for (const char* text :
       {"-",  "- x",  "12",   "0x1F", "1e3",  ".5", "-7", "Infinity", "true", "No",
        "~",  ".inf", "a: b", "a:",   "x #y", "{",  "`",  "[x]",      "%",    "\"",
        "'x", "@x",   "*",    "&",    "?",    ",",  "!",  "|",        ">",    "#"})
    BOOST_TEST(written(std::string("0\ttext\t\ttw") + text).starts_with("- text: \""), text);
  for (const char* text : {"a-b", "12a", "0x", "0xg", "1e", "x [y]", "50%", "http://x/y:z",
                           "yes sir", "<TEXT_7>", "a#b", "it's", "say \"x\"", "infinity", "."})
    BOOST_TEST(written(std::string("0\ttext\t\ttw") + text) ==
               "- text: " + std::string(text) + "\n");
  BOOST_TEST(written("0\ttext\t\ttw{\\\x07\xC2\x85}") == "- text: \"{\\\\\\x07\\x85}\"\n");
}

BOOST_AUTO_TEST_CASE(lines_of_the_dialect_are_read_as_they_were_written) {
  std::string text = written(
      "0\tgeneric active\te1\n"
      "1\tcheckbox disabled checked=mixed\te3*\tnwExpress \"fast\"\n"
      "1\ttextbox\te4\tnwNote\tpwSay it\ttkfree_text,{so\\\x07\xC2\x85}\n"
      "1\tlink\te5*\tnwit's: x\tuw/a\n"
      "2\timg\te6*\tnwLogo\n"
      "1\tbutton\te8\ttwa \"b\"\n"
      "1\ttext\t\ttc12\n"
      "1\tiframe frame=3\te7");
  std::size_t lines = 0;
  for (std::string_view rest = text; !rest.empty(); ++lines) {
    const std::string_view held = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(held.size() + 1);
    const auto line = model::read_dialect_line(held);
    BOOST_TEST_REQUIRE(line.has_value(), held);
    std::string again;
    model::append_dialect_line(again, *line);
    BOOST_TEST(again == held);
  }
  BOOST_TEST(lines == 11U);
  const auto link = model::read_dialect_line("  - 'link \"it''s: x\" [ref=e5]':").value();
  BOOST_TEST(link.depth == 1U);
  BOOST_TEST(link.role == "link");
  BOOST_TEST(link.name.value() == "it's: x");
  BOOST_TEST(link.marks == " [ref=e5]");
  BOOST_TEST(link.opens);
  const auto value = model::read_dialect_line("- text: \"{\\x07\\x85}\"").value();
  BOOST_TEST(value.value.value() == "{\x07\xC2\x85}");
  for (const char* no_line : {"", "x", "-x", " - x", "- 'x", "- a \"b", "- text: \"x", "- text:x",
                              "- text: \"x\"y", "- text: \"\\x0"})
    BOOST_TEST(
        !model::read_dialect_line(no_line).has_value() == (std::string_view(no_line) != "- text:x"),
        no_line);
}

BOOST_AUTO_TEST_CASE(what_is_no_line_is_refused) {
  for (const char* wire : {"",
                           "x",
                           "1\tbutton\te1",

                           "-1\tbutton\te1",
                           "0\tBUTTON\te1",
                           "0\tnone\te1",
                           "0\tbutton bold\te1",
                           "0\tbutton level=0\te1",
                           "0\tbutton frame=1\te1",
                           "0\tbutton\t1",
                           "0\tbutton\te1**",
                           "0\tbutton\tf1e1",
                           "0\tbutton\te1\tx",
                           "0\tbutton\te1\tnxSave",
                           "0\tbutton\te1\tnwSave\tnwSave",
                           "0\tbutton\te1\tnpemail,Save",
                           "0\ttextbox\te1\ttpnothing,x",
                           "0\ttextbox\te1\ttpemail",
                           "0\tlist\te1\n2\tlistitem\te2",
                           "256\tlist\te1"}) {
    const std::string_view text(wire);
    BOOST_TEST(written(text).starts_with("no line") == !text.empty(), text);
  }
}

BOOST_FIXTURE_TEST_CASE(what_a_combobox_shows_takes_no_word_out_of_others, Redaction) {
  BOOST_TEST((*this)("0\tcombobox\te1\tnwColour\ttptext,Green") ==
             "- combobox \"Colour\" [ref=e1]: <TEXT_1>\n");
  BOOST_TEST((*this)("0\tbutton\te1\tnwGreen") == "- button \"Green\" [ref=e1]\n");
  BOOST_TEST((*this)("0\ttextbox\te1\tnwName\ttptext,Magnolia") ==
             "- textbox \"Name\" [ref=e1]: <NAME_1>\n");
  BOOST_TEST((*this)("0\tbutton\te1\tnwMagnolia") == "- button \"<NAME_1>\" [ref=e1]\n");
}

BOOST_FIXTURE_TEST_CASE(each_text_is_redacted_by_what_it_is, Redaction) {
  team.fields.push_back({"#subject", model::Disclosure::clear});
  const std::string out = (*this)(
      "0\trow\te1\tncJane Doe 4711\n"
      "1\tcell\te2\tncJane Doe\n"
      "1\tcell\te3\tncOpen\n"
      "1\tbutton\te4\tnwDelete Jane Doe\n"
      "1\tbutton\te5\tnwOpen\n"
      "1\tlink\te6\tnwFile\tuw/files/4711/jane.doe\n"
      "1\tlink\te7\tnwMail\tuwmailto:jane@corp.example\n"
      "1\ttextbox\te8\tnwMail\ttpemail,jane@corp.example\n"
      "1\ttextbox\te9\tnwSubject\tr#subject\ttktext,Printer\n"
      "1\ttextbox\te10\tnwOther\ttktext,Secret words\n"
      "1\ttextbox\te11\tnwPassword\ttkpassword,hunter2\n"
      "1\theading\te12\tnwCall jane@corp.example\n");
  BOOST_TEST(out ==
             "- row \"<TEXT_1>\" [ref=e1]:\n"
             "  - cell \"<TEXT_2>\" [ref=e2]\n"
             "  - cell \"<TEXT_3>\" [ref=e3]\n"
             "  - button \"Delete <TEXT_2>\" [ref=e4]\n"
             "  - button \"Open\" [ref=e5]\n"
             "  - link \"File\" [ref=e6]:\n"
             "    - /url: /files/:id/:id\n"
             "  - link \"Mail\" [ref=e7]:\n"
             "    - /url: \"mailto:\"\n"
             "  - textbox \"Mail\" [ref=e8]: <EMAIL_1>\n"
             "  - textbox \"Subject\" [ref=e9]: Printer\n"
             "  - textbox \"Other\" [ref=e10]: <TEXT_4>\n"
             "  - textbox \"Password\" [ref=e11]\n"
             "  - heading \"Call <EMAIL_1>\" [ref=e12]\n");
  BOOST_TEST(counts["content_outline"] == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_strange_line_costs_the_outline, Redaction) {
  BOOST_TEST((*this)("0\tlist\te1\n1\tlistitem\te2\n3\tlistitem\te3") == "refused");
}

BOOST_AUTO_TEST_CASE(links_are_routes) {
  for (const auto& [href, told] : std::initializer_list<std::pair<const char*, const char*>>{
           {"/a?x=1#y", "/a"},
           {"#y", ""},
           {"", ""},
           {"tickets/4711/edit", "tickets/:id/edit"},
           {"../users/jane", "../users/:id"},
           {"https://crm.example/tickets/4711?q", "https://crm.example/tickets/:id"},
           {"mailto:jane@corp.example", "mailto:"},
           {"javascript:go('Jane')", "javascript:"},
           {"//cdn.example/x", "//:id/x"}})
    BOOST_TEST(redact::link_route(href) == told, href);
}

BOOST_AUTO_TEST_SUITE_END()
