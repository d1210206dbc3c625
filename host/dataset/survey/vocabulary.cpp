#include "dataset/survey/vocabulary.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <tuple>

#include "model/event_reader.hpp"
#include "model/event_texts.hpp"
#include "policy/document.hpp"
#include "redact/detectors.hpp"

namespace fieldnote::dataset {
namespace {

namespace json = boost::json;

constexpr std::size_t max_vocabulary = 64 << 20;
constexpr std::size_t max_text = 64 << 10;

class Listing {
 public:
  Listing(const Survey& survey, const Release& release) : survey_(survey), release_(release) {}

  Result<void> read(const Bundle& bundle) {
    std::string_view rest = bundle.lines;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size() + 1);
      auto event = reader_.read_held(line);
      if (!event) return event.error();
      const std::string app((*event)->app);
      const auto see = [&](model::TextPlace place, std::string_view text) {
        look_at(place_of(place), text, app);
      };
      model::each_text(**event, see);
      for (const std::string_view held : (*event)->outline.lines)
        if (auto read = model::read_dialect_line(held)) each_text(*read, see);
    }
    return {};
  }

  std::vector<RareText> all() {
    std::vector<RareText> texts;
    for (auto& [key, text] : texts_)
      if (detectors_.find(text.text, {}).empty()) texts.push_back(std::move(text));
    std::sort(texts.begin(), texts.end(), [](const RareText& a, const RareText& b) {
      return std::tie(a.place, a.app, a.text) < std::tie(b.place, b.app, b.text);
    });
    return texts;
  }

 private:
  void look_at(Clear place, std::string_view text, const std::string& app) {
    if (!is_vocabulary(place) || release_.lets_pass(place, text)) return;
    std::string counted = countable(text);
    RareText& rare = texts_[{place, counted}];
    if (rare.times++ > 0) return;
    rare.place = place;
    rare.app = app;
    rare.people = survey_.sightings.people(place, counted);
    rare.text = std::move(counted);
  }

  const Survey& survey_;
  const Release& release_;
  model::EventReader reader_;
  redact::Detectors detectors_;
  std::map<std::pair<Clear, std::string>, RareText> texts_;
};

}  // namespace

Result<std::vector<RareText>> rare_texts(const Survey& survey, const Release& release,
                                         std::span<const seal::X25519Identity> identities) {
  Listing listing(survey, release);
  for (const PersonFiles& person : survey.people)
    for (const GoodChain& chain : person.chains)
      for (const GoodFile& file : chain.files) {
        auto bundle = read_bundle_again(file.path, identities, file.digest);
        if (!bundle) return bundle.error();
        static_cast<void>(chain.withdrawals.take_from(*bundle));
        if (auto read = listing.read(*bundle); !read) return read.error();
      }
  return listing.all();
}

std::string vocabulary_json(std::span<const RareText> texts) {
  std::string out = "{\n\"approved_by\": \"\",\n\"strings\": [";
  std::string_view between = "\n";
  for (const RareText& text : texts) {
    out += between;
    out +=
        json::serialize(json::object{{"place", clear_words[static_cast<std::size_t>(text.place)]},
                                     {"app", text.app},
                                     {"people", text.people},
                                     {"times", text.times},
                                     {"text", text.text}});
    between = ",\n";
  }
  return out + "\n]\n}\n";
}

Result<Vocabulary> read_vocabulary(const platform::fs::path& file) {
  auto text = platform::read_all(file, max_vocabulary);
  if (!text) return text.error();
  auto document = policy::Document::parse(file, std::move(*text));
  if (!document) return document.error();
  Vocabulary vocabulary;
  policy::Node root = document->root();
  root.object({"approved_by", "strings"});
  policy::Node by = root.member("approved_by");
  vocabulary.approved_by = by.text(0, 200);
  if (vocabulary.approved_by.empty())
    by.fault(policy::PolicyError::out_of_range,
             "is empty; who has read the strings and takes out what is not the tool's own writes "
             "their name here");
  for (policy::Node& entry : root.member("strings").items(0, 1'000'000)) {
    entry.object({"place", "text"}, {"app", "people", "times"});
    const std::string word = entry.member("place").text(1, 32);
    const auto at = std::find(clear_words.begin(), clear_words.end(), word);
    const auto place = static_cast<Clear>(at - clear_words.begin());
    if (at == clear_words.end() || !is_vocabulary(place))
      entry.member("place").fault(policy::PolicyError::out_of_range,
                                  "is no place of a tool's own words");
    else
      vocabulary.approved.insert(approval(place, entry.member("text").text(1, max_text)));
  }
  if (document->first_fault()) return *document->first_fault();
  return vocabulary;
}

}  // namespace fieldnote::dataset
