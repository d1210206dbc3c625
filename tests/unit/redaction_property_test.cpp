// What holds for any text: what is private and planted in it comes out no more, a second time
// changes nothing, and no text takes longer than in proportion to its length.
#include <time.h>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <random>

#include "redact/masker.hpp"
#include "temporary_folder.hpp"

namespace fieldnote::redact {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using testing::contains;

// Pseudo-random, the same on each run.
class Texts {
 public:
  // A line of words in several scripts, numbers, marks and line feeds.
  std::string some() {
    static const std::vector<std::string> words{
        "the",      "order",   "Straße", "été",    "заказ",      "注文",  "주문",      "ödeme",
        "a",        "I",       "#4711",  "ATX-12", "2025-12-31", "18:30", "3.5%",      "€12.00",
        "😀",        "e\u0301", "\u200b", "x=y",    "(maybe)",    "<b>",   "{\"a\":1}", "a/b/c",
        "C:\\temp", "...",     "—",      "v1.2.3", "10:20",      "&amp;"};
    std::string text;
    for (std::size_t i = below(12); i > 0; --i) {
      text += words[below(words.size())];
      text += below(8) == 0 ? "\n" : " ";
    }
    return text;
  }
  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  std::mt19937 random_{20261124};
};

struct Planted {
  std::string row;
  std::string text;  // the span in what makes it one
  std::string span;
};

std::string joined(const json::value& value) {
  if (value.is_string()) return std::string(value.as_string());
  std::string text;
  for (const json::value& part : value.as_array()) text += std::string(part.as_string());
  return text;
}

// What the rows say that they find, with its span marked.
std::vector<Planted> examples() {
  constexpr std::string_view open = "⟦", close = "⟧";
  std::vector<Planted> all;
  for (const auto& entry : fs::directory_iterator(testing::project_path("host/redact/detectors"))) {
    if (entry.path().filename() == "words.json") continue;
    json::parse_options options;
    options.allow_comments = true;
    const json::value rows = json::parse(testing::read_file(entry.path()), {}, options);
    for (const json::value& row : rows.as_array()) {
      if (row.at("entity") == "allowed") continue;
      for (const json::value& example : row.at("finds").as_array()) {
        // A field's label is not in the text.
        if (example.is_object()) continue;
        std::string text = joined(example);
        const std::size_t begin = text.find(open);
        if (begin == std::string::npos) continue;
        text.erase(begin, open.size());
        const std::size_t end = text.find(close);
        text.erase(end, close.size());
        all.push_back(
            {std::string(row.at("name").as_string()), text, text.substr(begin, end - begin)});
      }
    }
  }
  return all;
}

BOOST_AUTO_TEST_SUITE(redaction_properties)

BOOST_AUTO_TEST_CASE(what_is_planted_in_any_text_comes_out_no_more) {
  const auto planted = examples();
  BOOST_TEST_REQUIRE(planted.size() > 2U);
  Texts texts;
  Masker masker;
  Counts counts;
  for (int round = 0; round < 3; ++round)
    for (const Planted& secret : planted) {
      const std::string text = texts.some() + "\n" + secret.text + "\n" + texts.some();
      const std::string safe(masker.readable(text, {"text"}, counts));
      BOOST_TEST(!contains(safe, secret.span), secret.row + ": " + safe);
      const std::string mark(masker.masked(text, "TEXT", {"text"}, counts));
      BOOST_TEST(!contains(mark, secret.span), secret.row + ": " + mark);
      if (masker.full()) masker.clear();
    }
}

BOOST_AUTO_TEST_CASE(redacting_twice_changes_nothing) {
  const auto planted = examples();
  Texts texts;
  Masker masker;
  Counts counts;
  for (int round = 0; round < 3; ++round)
    for (const Planted& secret : planted) {
      const std::string text = texts.some() + secret.text + "\n" + texts.some();
      const std::string once(masker.readable(text, {"text"}, counts));
      const std::string twice(masker.readable(once, {"text"}, counts));
      BOOST_TEST(twice == once, secret.row + ": " + text);
      if (masker.full()) masker.clear();
    }
}

// Repeats `piece` up to so many bytes.
std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

// Of this thread, on the processor: what else runs on the machine does not count.
double worked() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double least_seconds(std::string_view text) {
  double least = 1e9;
  for (int i = 0; i < 3; ++i) {
    Masker masker;
    Counts counts;
    static_cast<void>(masker.readable("4111", {"text"}, counts));
    static_cast<void>(masker.masked("aaaa", "TEXT", {"text"}, counts));
    static_cast<void>(masker.masked("aaaaaaaaaaaaaaaaaaaaaaa1", "TEXT", {"text"}, counts));
    const double start = worked();
    static_cast<void>(masker.readable(text, {"text"}, counts));
    least = std::min(least, worked() - start);
  }
  return least;
}

BOOST_AUTO_TEST_CASE(time_grows_with_the_length_and_no_faster) {
  for (const char* piece : {"a",
                            "1",
                            "1 ",
                            "1-",
                            "12 34 ",
                            "4111 1111 1111 1111 ",
                            "a1",
                            "AA11 ",
                            "AA11",
                            "@",
                            "a@",
                            "a@b.",
                            "%25",
                            "%2525",
                            "\\u0025",
                            "\\\\",
                            "ZXlKaGJHY2lPaUpJVXpJMU5pSjk",
                            "0:",
                            "a:b:",
                            "1.1.1.1.",
                            "<",
                            "<TEXT_1 ",
                            "1,1.5,",
                            "Aa ",
                            "A a ",
                            "abc abc ",
                            "ghp_",
                            "password=",
                            "password: ",
                            "eyJ",
                            "://",
                            "-----BEGIN ",
                            "e\u0301",
                            "\u0301",
                            "\u200b",
                            "ß",
                            "１",
                            "iban ",
                            "phone 1 ",
                            "key=",
                            "sk-",
                            "+",
                            "(",
                            "=\"",
                            "token\n",
                            "http://a:b@c/"}) {
    constexpr std::size_t small = 16 * 1024, times = 8;
    const double one = least_seconds(repeated(piece, small));
    const double eight = least_seconds(repeated(piece, times * small));
    // Quadratic would be 64; caches and other programs take their share.
    BOOST_TEST(eight < 4 * times * one + 0.01, '"' + std::string(piece) +
                                                   "\": " + std::to_string(one) + " s, then " +
                                                   std::to_string(eight) + " s");
    BOOST_TEST(eight < 2.0, piece);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
