// What flows and scripts make of work that is not plainly done again: drawn lists and editors, the
// clipboard, going back, what only a place tells.
#include <boost/test/unit_test.hpp>

#include "bundle_fixture.hpp"
#include "dataset/assembly.hpp"
#include "dataset/formats/replaying.hpp"
#include "dataset/formats/selectors.hpp"
#include "dataset/formats/session_history.hpp"
#include "dataset/formats/tool_calls.hpp"
#include "dataset/trajectory/naming.hpp"
#include "temporary_folder.hpp"
#include "told.hpp"

namespace fieldnote::dataset {
namespace {

using model::Kind;
using testing::contains;

constexpr std::string_view home = "https://desk.example.com/", list = "https://desk.example.com/l";

model::Target target(std::string_view tag, std::string_view selector) {
  model::Target made;
  made.role = "textbox";
  made.tag = tag;
  made.selectors = {{selector}, {1}, {1}};
  made.box = {0, 0, 300, 100};
  return made;
}

Step step(Kind kind, model::Target aim) {
  Step made;
  made.action.kind = kind;
  made.action.url = home;
  made.action.has_target = true;
  made.action.target = std::move(aim);
  return made;
}

Step typed(model::Target aim, std::string_view text) {
  Step made = step(Kind::input, std::move(aim));
  made.action.has_value = true;
  made.action.value.text = text;
  return made;
}

Step chosen(std::string_view label) {
  Step made = step(Kind::select, target("input", "#colour"));
  made.action.has_value = made.action.value.has_options = true;
  made.action.value.options = {label};
  return made;
}

Step gone(std::string_view url, model::Navigation how) {
  Step made;
  made.action.kind = Kind::navigate;
  made.action.url = url;
  made.action.navigation = how;
  return made;
}

struct Replay : testing::TemporaryFolder {
  // What the format makes of these steps.
  std::string of(FormatName name, std::vector<Step> steps) {
    Trajectory trajectory;
    trajectory.id = "t0";
    trajectory.steps = std::move(steps);
    const KeptKey key({&testing::organisation_key(), 1}, {}, {});
    const auto kept = *this / "0.portion";
    auto portion = PortionWriter::create(kept, key, 0).value();
    Sink sink(&portion);
    const auto format = make_format(name, sink, {});
    BOOST_TEST_REQUIRE(format->add(0, trajectory).has_value());
    BOOST_TEST_REQUIRE(portion.commit({}, PortionWriter::Lasting::no).has_value());
    loss = boost::json::serialize(format->loss().to_json());

    const ExportOptions options{.inputs = {}, .out = *this / "dataset", .formats = {name}};
    platform::fs::remove_all(options.out);
    platform::fs::create_directory(options.out);
    auto reader = PortionReader::open(kept, key, 0).value();
    BOOST_TEST_REQUIRE(assemble(options, {}, {&reader, 1}).has_value());
    const auto folder = options.out / std::string(word_of(format_words, name));
    return testing::read_file(
        folder / (Naming::id(0) + (name == FormatName::recorder ? ".json" : ".spec.mjs")));
  }
  std::string script(std::vector<Step> steps) {
    return of(FormatName::playwright, std::move(steps));
  }
  std::string flow(std::vector<Step> steps) { return of(FormatName::recorder, std::move(steps)); }

  std::string loss;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(replays, Replay)

BOOST_AUTO_TEST_CASE(an_option_is_one_that_is_seen_with_a_role_or_without) {
  BOOST_TEST(contains(script({chosen("Green")}), R"(await option(tab1, "Green").click();)"));
  BOOST_TEST(contains(flow({chosen("Green")}), R"("aria/Green[role=\"option\"]"],["xpath//)"));
  // XPath has no way to write it.
  BOOST_TEST(!contains(flow({chosen("3\" pipe")}), "xpath"));
}

BOOST_AUTO_TEST_CASE(an_option_that_nobody_sees_is_called_by_what_shows_its_words) {
  Step pick = chosen("Green");
  const auto called = [&] { return ToolCalls().next(pick).calls.at(0).arguments; };
  pick.observation = Observation{
      true, "e1",
      "- option \"Green\"\n- generic \"Green\" [ref=e2]\n- generic [ref=e3]: Green tea"};
  BOOST_TEST(contains(called(), R"("target":"e2")"));
  pick.observation->fresh = false;
  BOOST_TEST(contains(called(), "role=option"));
  pick.observation->text = "- option \"Green\" [ref=e4]";
  BOOST_TEST(contains(called(), R"("target":"e4")"));
}

BOOST_AUTO_TEST_CASE(an_option_is_looked_for_in_its_frame) {
  Step in_frame = chosen("Green");
  in_frame.frame = 1;
  in_frame.action.target.frames = {2};
  BOOST_TEST(contains(script({in_frame}), "option(tab1.mainFrame().childFrames()[2], \"Green\")"));
  BOOST_TEST(contains(flow({in_frame}), R"("frame":[2])"));
}

BOOST_AUTO_TEST_CASE(an_editor_of_the_pages_own_gets_its_text_as_from_a_person) {
  const std::vector<Step> steps{typed(target("div", "#code"), "a < b")};
  const std::string told = script(steps);
  BOOST_TEST(contains(told, "click({ position: { x: 150, y: 8 } })"));
  BOOST_TEST(contains(told, R"(await write(tab1, tab1.locator("css=#code"), fill("a < b"));)"));
  BOOST_TEST(contains(loss, "an editor gets its text without its form"));
  BOOST_TEST(contains(flow(steps), "waitForExpression"));
  BOOST_TEST(contains(loss, "as a paste, without its form"));
  BOOST_TEST(contains(script({typed(target("textarea", "#note"), "x")}), R"(fill("x"))"));
}

BOOST_AUTO_TEST_CASE(an_editor_that_has_the_focus_is_not_clicked_again) {
  const model::Target editor = target("div", "#code");
  const std::string told = script({step(Kind::click, editor), typed(editor, "x")});
  BOOST_TEST(contains(told, ".click();"));
  BOOST_TEST(!contains(told, "position"));
}

BOOST_AUTO_TEST_CASE(what_was_pasted_is_told_once) {
  const model::Target field = target("input", "#note");
  const std::vector<Step> told{step(Kind::paste, field), typed(field, "all of it")};
  BOOST_TEST(!contains(script(told), "ControlOrMeta+v"));
  BOOST_TEST(contains(loss, R"("paste: what came of it is in the text that follows":1)"));
  BOOST_TEST(!contains(flow(told), R"("key":"v")"));
  const std::vector<Step> elsewhere{step(Kind::paste, field),
                                    typed(target("input", "#other"), "something else")};
  BOOST_TEST(contains(script(elsewhere), "ControlOrMeta+v"));
}

BOOST_AUTO_TEST_CASE(back_and_forward_are_told_apart_by_where_they_lead) {
  using Navigation = model::Navigation;
  using Way = SessionHistory::Way;
  SessionHistory history;
  history.begin(1, home);
  const auto go = [&](std::string_view url, Navigation how) { return history.go(gone(url, how)); };
  BOOST_TEST((go(list, Navigation::same_document) == Way::unknown));
  BOOST_TEST((go(home, Navigation::back_forward) == Way::back));
  BOOST_TEST((go(list, Navigation::back_forward) == Way::forward));
  BOOST_TEST((go("https://desk.example.com/?", Navigation::back_forward) == Way::unknown));
  // Where it is now is all that is known.
  BOOST_TEST((go(list, Navigation::back_forward) == Way::unknown));
}

BOOST_AUTO_TEST_CASE(going_back_is_done_by_address_where_nothing_else_is_known) {
  const std::vector<Step> steps{gone(home, model::Navigation::load),
                                gone(list, model::Navigation::load),
                                gone(home, model::Navigation::back_forward)};
  BOOST_TEST(contains(script(steps), "goBack()"));
  flow(steps);
  BOOST_TEST(contains(loss, R"("navigate: back or forward, by its address":1)"));
  const std::string cut = script({gone(list, model::Navigation::back_forward)});
  BOOST_TEST(contains(cut, "goto(\"https://desk.example.com/l\")"));
  BOOST_TEST(contains(loss, "by its address"));
}

BOOST_AUTO_TEST_CASE(a_slider_that_a_page_draws_is_moved_by_keys_or_left_where_it_is) {
  Step slide = typed(target("span", "#volume"), "76");
  slide.action.target.role = "slider";
  BOOST_TEST(contains(script({slide}), R"(await slide(tab1.locator("css=#volume"), "76");)"));
  flow({slide, step(Kind::click, target("p", "#c"))});
  BOOST_TEST(contains(loss, "no step that moves a slider of the page's own\":1"));
  slide.action.target.tag = "input";
  BOOST_TEST(contains(script({slide}), "fill("));
  BOOST_TEST(contains(flow({slide}), "querySelector(\\\"#volume\\\")"));
}

BOOST_AUTO_TEST_CASE(what_is_drawn_is_clicked_where_it_was) {
  Step press = step(Kind::click, target("canvas", "#map"));
  press.action.target.point = model::Pair{20, 30};
  BOOST_TEST(contains(script({press}), "click({ position: { x: 20, y: 30 } })"));
  press.action.target.tag = "button";
  BOOST_TEST(contains(script({press}), "click()"));
}

BOOST_AUTO_TEST_CASE(a_drag_goes_in_pieces_to_the_place_where_it_ended) {
  Step drag = step(Kind::drag, target("li", "#a"));
  drag.action.has_onto = true;
  drag.action.onto = target("li", "#b");
  drag.action.onto.point = model::Pair{5, 90};
  BOOST_TEST(contains(script({drag}), "locator(\"css=#b\"), { to: { x: 5, y: 90 } });"));
  // A pointer that has left the box is on something else.
  drag.action.onto.point = model::Pair{5, 100};
  BOOST_TEST(contains(script({drag}), "locator(\"css=#b\"));"));
  BOOST_TEST(contains(script({drag, step(Kind::click, target("p", "#c"))}), "#c"));
  flow({drag, step(Kind::click, target("p", "#c"))});
  BOOST_TEST(contains(loss, R"("drag: the recorder has no step that drags":1)"));
}

BOOST_AUTO_TEST_CASE(closed_shadow_roots_are_opened_or_looked_into_by_name) {
  Step press = step(Kind::click, target("button", "unused"));
  press.action.target.selectors = {{"my-box", R"(aria/Save[role="button"])"}, {2}, {1}};
  press.observation = Observation{true, "e2", "- button \"Save\" [ref=e2]"};
  BOOST_TEST(contains(script({press}), "attachShadow"));
  BOOST_TEST(contains(flow({press}), R"(["aria/Save[role=\"button\"]"])"));
  press.observation->text = "- button \"Save\" [ref=e2]\n- button \"Save\" [ref=e3]";
  BOOST_TEST(!contains(flow({press}), R"(["aria/Save[role=\"button\"]"])"));
}

BOOST_AUTO_TEST_CASE(a_flow_waits_until_what_was_behind_a_dialog_can_be_hit) {
  Step close = step(Kind::click, target("button", "#do"));
  close.effect = {{model::What::dialog_closed, {}}};
  const Step next = step(Kind::click, target("button", "#edit"));
  const std::string told = flow({close, next, next});
  const std::size_t wait = told.find("waitForExpression");
  BOOST_TEST_REQUIRE(wait != std::string::npos);
  BOOST_TEST(told.find("querySelector(\\\"#edit\\\")", wait) != std::string::npos);
  BOOST_TEST(told.find("waitForExpression", wait + 1) == std::string::npos);
  BOOST_TEST(!contains(flow({next, next}), "waitForExpression"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace fieldnote::dataset
