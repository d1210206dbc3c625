// fieldnote redact: tries what the host would find and mask in texts, and why. For writing
// detectors and for scoring them; it reads nothing that was recorded.
#include <utf8proc.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "model/strict_json.hpp"
#include "redact/field_class.hpp"
#include "redact/field_verdict.hpp"
#include "redact/judge.hpp"
#include "redact/masker.hpp"

namespace fieldnote::cli {
namespace {

namespace json = boost::json;
using model::Disclosure;
using model::FieldClass;

struct Options {
  std::vector<std::string> files;
  bool fields = false;
  bool as_json = false;
};

std::string_view text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                : std::string_view();
}

// JSON is UTF-8: whatever else came in is told as U+FFFD.
std::string as_utf8(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t ignored = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &ignored);
    out += size > 0 ? text.substr(at, static_cast<std::size_t>(size)) : "\xEF\xBF\xBD";
    at += size > 0 ? static_cast<std::size_t>(size) : 1;
  }
  return out;
}

// One text and where it stood.
struct Item {
  std::string text;
  FieldClass field_class = FieldClass::text;
  bool in_field = false;
  redact::Context context;
};

class Redaction {
 public:
  explicit Redaction(const Options& options) : options_(options) {}

  // One line of input to one line of output.
  Result<void> line(std::string_view line) {
    Item item;
    if (options_.fields) {
      auto read = read_field(line);
      if (!read) return read.error();
      item = std::move(*read);
    } else {
      item.text = line;
    }
    if (masker_.full()) masker_.clear();
    std::cout << (options_.as_json ? as_json(item) : printable(masked(item))) << '\n';
    return {};
  }

 private:
  static Result<Item> read_field(std::string_view line) {
    auto value = model::parse_strict(line, model::Comments::refused);
    if (!value)
      return Error{make_error_code(boost::system::errc::invalid_argument), value.error().what};
    const json::object* object = value->if_object();
    if (object == nullptr || !object->contains("text") || !object->at("text").is_string())
      return Error{make_error_code(boost::system::errc::invalid_argument),
                   "a line must be an object with a \"text\""};
    Item item;
    item.text = object->at("text").as_string();
    const json::value* field = object->if_contains("field");
    if (field == nullptr || !field->is_object()) return item;
    item.in_field = true;
    const json::object& said = field->get_object();
    item.field_class = redact::classify({text_of(said, "type"), text_of(said, "autocomplete"),
                                         text_of(said, "label"), text_of(said, "name")});
    std::string words(text_of(field->get_object(), "label"));
    for (const char* key : {"name", "id", "placeholder", "autocomplete"})
      words += ' ' + std::string(text_of(field->get_object(), key));
    item.context = redact::Detectors::context(words, text_of(field->get_object(), "url"),
                                              redact::entity_of(item.field_class));
    return item;
  }

  // As a person would be shown it: what a class stands for as a whole, else what is found in place.
  std::string masked(const Item& item) {
    redact::Counts ignored;
    const redact::Place place{"value", &item.context};
    if (!item.in_field) return std::string(masker_.readable(item.text, {"text"}, ignored));
    const auto found = redact::judge(detectors_, item.text, item.field_class, item.context);
    if (found.size() == 1 && found[0].range.size() == item.text.size()) {
      const redact::EntityFacts& facts = redact::facts_of(found[0].entity);
      if (facts.ceiling != Disclosure::placeholder) return '<' + std::string(facts.label) + '>';
      return std::string(masker_.masked(item.text, facts.label, place, ignored));
    }
    return std::string(masker_.readable(item.text, place, ignored));
  }

  std::string as_json(const Item& item) {
    json::array findings;
    Disclosure most = Disclosure::clear;
    for (const redact::Finding& finding :
         redact::judge(detectors_, item.text, item.field_class, item.context)) {
      const redact::EntityFacts& facts = redact::facts_of(finding.entity);
      most = std::min(most, facts.ceiling);
      findings.push_back({{"entity", facts.word},
                          {"detector", finding.detector},
                          {"begin", finding.range.begin},
                          {"end", finding.range.end},
                          {"score", static_cast<int>(finding.score * 100 + 0.5F) / 100.0}});
    }
    json::object out{{"masked", as_utf8(masked(item))}, {"findings", std::move(findings)}};
    if (item.in_field) {
      // As a team's policy has it that says nothing about the field.
      const Disclosure usual =
          redact::highest_disclosure(item.field_class, Disclosure::placeholder, nullptr);
      out["class"] = model::word(item.field_class);
      out["disclosure"] = model::word(std::min(usual, most));
    }
    return json::serialize(out);
  }

  const Options& options_;
  redact::Detectors detectors_;
  redact::Masker masker_;
};

Exit redact_stream(std::istream& in, std::string_view name, Redaction& redaction) {
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (auto done = redaction.line(line); !done)
      return fail(std::string(name) + ':' + std::to_string(number) + ": " + done.error().sentence);
  }
  return Exit::good;
}

Exit redact_all(const Options& options) {
  Redaction redaction(options);
  if (options.files.empty()) return redact_stream(std::cin, "standard input", redaction);
  for (const std::string& name : options.files) {
    std::ifstream file(name, std::ios::binary);
    if (!file) return fail("cannot read " + name);
    if (const Exit exit = redact_stream(file, name, redaction); exit != Exit::good) return exit;
  }
  return Exit::good;
}

}  // namespace

void add_redact(CLI::App& program, Exit& exit) {
  CLI::App* command = program.add_subcommand(
      "redact", "Shows what would be masked in texts, and which detector finds it");
  auto options = std::make_shared<Options>();
  command->add_option("files", options->files,
                      "Texts, one a line; standard input if none is named");
  command->add_flag("--fields", options->fields,
                    "Lines are JSON: {\"text\": ..., \"field\": {\"label\", \"name\", "
                    "\"autocomplete\", \"type\"}}");
  command->add_flag("--json", options->as_json,
                    "One JSON object a line: masked, findings (entity, detector, begin and end in "
                    "bytes, score), class and disclosure");
  command->callback([options, &exit] { exit = redact_all(*options); });
}

}  // namespace fieldnote::cli
