// Every format of one trajectory, byte for byte: tests/golden/formats/events.jsonl in, the files
// beside it out. FIELDNOTE_GOLDEN=write writes them anew, for somebody to read what has changed.
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "dataset/formats/conversation.hpp"
#include "dataset/formats/placeholders_in.hpp"
#include "dataset/formats/selectors.hpp"
#include "inbox.hpp"

namespace fieldnote::dataset {
namespace {

namespace fs = platform::fs;
namespace json = boost::json;
using testing::contains;
using testing::json_of;
using testing::lines_of;

const fs::path& golden() {
  static const fs::path folder = testing::project_path("tests/golden/formats");
  return folder;
}

struct Work : testing::Inbox {
  Work() {
    options.formats = {FormatName::steps, FormatName::chat_openai, FormatName::chat_hf,
                       FormatName::atif,  FormatName::recorder,    FormatName::playwright};
    put("1.age", testing::a_bundle_that(json_of(R"({"tasks":[{"task":"0123456789abcdef",
              "words":"Give the money of an order back","outcome":"done"}]})"),
                                        testing::read_file(golden() / "events.jsonl"), 1));
  }
  std::string rows(const std::string& name) const {
    return testing::unpacked(testing::read_file(out / (name + "-00000.jsonl.zst")));
  }
};

void check_golden(const std::string& name, std::string_view text) {
  const char* write = std::getenv("FIELDNOTE_GOLDEN");
  if (write != nullptr && std::string_view(write) == "write") {
    testing::write_file(golden() / name, text);
    return;
  }
  BOOST_TEST(testing::read_file(golden() / name) == text, name);
}

BOOST_FIXTURE_TEST_SUITE(formats, Work)

BOOST_AUTO_TEST_CASE(rows_of_each_format_are_the_golden_ones) {
  options.format.row_a_step = false;
  export_all();
  for (const char* name : {"steps", "trajectories", "chat-openai", "chat-hf", "atif"})
    check_golden(std::string(name) + ".jsonl", rows(name));
  for (const auto word : format_words) {
    const std::string name = std::string(word) + ".loss.json";
    check_golden(name, testing::read_file(out / name));
  }
  const std::string id(lines_of(rows("trajectories"))[0].at("trajectory").as_string());
  check_golden("recorder.json", testing::read_file(out / "recorder" / (id + ".json")));
  check_golden("recorder.values.json",
               testing::read_file(out / "recorder" / (id + ".values.json")));
  check_golden("playwright.spec.mjs", testing::read_file(out / "playwright" / (id + ".spec.mjs")));
}

// Of many, which repeat what came before, the last.
BOOST_AUTO_TEST_CASE(rows_of_steps_are_the_golden_ones) {
  export_all();
  for (const char* name : {"chat-openai", "chat-hf"}) {
    const std::string text = rows(name);
    check_golden(std::string(name) + ".step.jsonl",
                 std::string_view(text).substr(text.rfind('\n', text.size() - 2) + 1));
  }
}

BOOST_AUTO_TEST_CASE(the_oldest_outlines_are_left_out_and_never_the_action) {
  options.formats = {FormatName::chat_hf};
  export_all();
  const auto full = lines_of(rows("chat-hf"));
  // Room for the tools, the words of the system and not much more.
  options.format.max_tokens = 2900;
  export_all();
  const auto short_ones = lines_of(rows("chat-hf"));
  BOOST_TEST(short_ones.size() == full.size());
  const std::string last = json::serialize(short_ones.back());
  BOOST_TEST(last.size() < json::serialize(full.back()).size());
  BOOST_TEST(short_ones.back().at("completion") == full.back().at("completion"));
  // The page that it is done on is shown.
  BOOST_TEST(contains(last, "Tell the customer"));
  BOOST_TEST(!contains(last, "Work email"));
  const json::object loss = json_of(testing::read_file(out / "chat-hf.loss.json"));
  BOOST_TEST(loss.at("changed").at("rows without their oldest outlines").as_int64() > 0);
}

BOOST_AUTO_TEST_CASE(what_is_done_on_an_outline_that_was_left_out_is_not_learned) {
  options.formats = {FormatName::chat_openai};
  options.format = {false, 3000};
  export_all();
  const json::object row = lines_of(rows("chat-openai"))[0];
  std::int64_t learned = 0, calls = 0;
  for (const json::value& message : row.at("messages").as_array())
    if (message.as_object().contains("weight")) {
      learned += message.at("weight").as_int64();
      ++calls;
    }
  BOOST_TEST(learned > 0);
  options.format.max_tokens = 0;
  export_all();
  std::int64_t all = 0;
  const json::object whole = lines_of(rows("chat-openai"))[0];
  for (const json::value& message : whole.at("messages").as_array())
    if (message.as_object().contains("weight")) all += message.at("weight").as_int64();
  BOOST_TEST(learned < all);
  BOOST_TEST(all < calls);  // the password, for one, is not learned
}

BOOST_AUTO_TEST_CASE(there_is_no_row_of_which_nothing_is_learned) {
  options.format.row_a_step = false;
  options.formats = {FormatName::chat_openai, FormatName::chat_hf};
  put("1.age", testing::a_bundle(testing::held_line(1)));
  export_all();
  for (const char* name : {"chat-openai", "chat-hf"}) {
    BOOST_TEST(!fs::exists(out / (std::string(name) + "-00000.jsonl.zst")));
    const json::object lost = json_of(testing::read_file(out / (std::string(name) + ".loss.json")));
    BOOST_TEST(json::serialize(lost.at("changed")) ==
               R"({"trajectories without a row: nothing in them can be learned":1})");
  }
}

// Else a model learns to go to where it is told to be.
BOOST_AUTO_TEST_CASE(the_page_before_a_call_is_not_the_one_that_it_led_to) {
  options.format.row_a_step = false;
  export_all();
  const json::array messages = lines_of(rows("chat-hf"))[0].at("messages").as_array();
  std::size_t looked = 0;
  for (std::size_t i = 2; i < messages.size(); i += 2) {
    const json::object& message = messages[i].as_object();
    const std::string_view before = messages[i - 1].at("content").as_string();
    const json::value* const calls = message.if_contains("tool_calls");
    if (calls == nullptr) continue;
    const std::string call = json::serialize(calls->at(0).at("function"));
    if (contains(call, "browser_navigate")) {
      BOOST_TEST(contains(before, "Not seen."));
      ++looked;
    } else if (contains(call, R"("select","index":1)")) {
      BOOST_TEST(contains(before, "/orders\n"));
      ++looked;
    }
  }
  BOOST_TEST(looked == 2U);
}

BOOST_AUTO_TEST_CASE(formats_are_the_same_bytes_whatever_the_number_of_threads) {
  export_all();
  const std::string one = testing::read_file(out / "dataset.json");
  options.threads = 4;
  export_all();
  BOOST_TEST(testing::read_file(out / "dataset.json") == one);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(replays)

BOOST_AUTO_TEST_CASE(selectors_in_words_of_playwright) {
  const auto selector = [](std::vector<std::string_view> hops) {
    return playwright_selector(Hops(hops)).value_or("none");
  };
  BOOST_TEST(selector({"#host", "button.save"}) == "css=#host >> css=button.save");
  BOOST_TEST(selector({R"(aria/Save[role="button"])"}) == R"(role=button[name="Save"])");
  BOOST_TEST(selector({"aria/Save"}) == "none");
  BOOST_TEST(selector({R"(xpath///a[.="x"])"}) == R"(xpath=//a[.="x"])");
}

BOOST_AUTO_TEST_CASE(a_selector_that_found_others_too_is_the_last_resort) {
  model::Selectors selectors{{"a", "b", "c"}, {1, 2, 3}, {3, 1, 0}};
  const auto chains = usable_chains(selectors);
  BOOST_TEST_REQUIRE(chains.size() == 2U);
  BOOST_TEST(chains[0][0] == "b");
  selectors.matches = {3, 2, 2};
  BOOST_TEST(usable_chains(selectors).size() == 3U);
}

BOOST_AUTO_TEST_CASE(placeholders_are_named_once_by_their_first_name) {
  PlaceholdersIn names;
  BOOST_TEST(names.empty());
  names.note("Write <TEXT_7 EMAIL_2> to <EMAIL_2>, <b> and <TEXT_7 EMAIL_2>");
  BOOST_TEST(names.template_text() ==
             "{\n  \"EMAIL_2\": \"<EMAIL_2>\",\n  \"TEXT_7\": \"<TEXT_7>\"\n}\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::dataset
