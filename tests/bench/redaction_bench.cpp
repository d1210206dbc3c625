// Scores and times what the host does to find what is private: field class, context, detectors. On
// labelled values and sentences, and on long texts made of them. Prints one JSON object.
#include <time.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <tuple>

#include "redact/field_verdict.hpp"
#include "redact/judge.hpp"

namespace {

using namespace fieldnote;
namespace json = boost::json;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Of this thread, on the processor: what else runs on the machine does not count.
double worked() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Sample {
  std::string text, label;
  bool positive = false;
  std::string type, autocomplete, field_label, name;
  std::vector<redact::Range> spans;  // of a sentence, in bytes
};

std::string string_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

// The byte at which the n-th UTF-16 unit of a text begins: the corpora count as JavaScript does.
std::size_t byte_of(std::string_view text, std::size_t units) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size() && seen < units; ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if ((c & 0xC0U) != 0x80U) seen += c >= 0xF0 ? 2 : 1;
    while (at + 1 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xC0U) == 0x80U)
      ++at;
  }
  return at;
}

std::vector<Sample> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<Sample> samples;
  for (std::string line; std::getline(file, line);) {
    const json::object object = json::parse(line).as_object();
    Sample& sample = samples.emplace_back();
    sample.text = string_of(object, "text");
    sample.label = string_of(object, "label");
    sample.positive = object.at("positive").as_bool();
    if (const json::value* field = object.if_contains("field")) {
      sample.type = string_of(field->as_object(), "type");
      sample.autocomplete = string_of(field->as_object(), "autocomplete");
      sample.field_label = string_of(field->as_object(), "label");
      sample.name = string_of(field->as_object(), "name");
    }
    if (const json::value* spans = object.if_contains("spans"))
      for (const json::value& span : spans->as_array())
        sample.spans.push_back({byte_of(sample.text, span.at("start").to_number<std::size_t>()),
                                byte_of(sample.text, span.at("end").to_number<std::size_t>())});
  }
  return samples;
}

// Values in their fields, as the host judges them: what is known of a field is kept, as there.
class Judge {
 public:
  std::vector<redact::Finding> found_in(const Sample& sample) {
    auto at =
        fields_.find(std::tie(sample.type, sample.autocomplete, sample.field_label, sample.name));
    if (at == fields_.end()) {
      const auto field_class =
          redact::classify({sample.type, sample.autocomplete, sample.field_label, sample.name});
      at = fields_
               .emplace(
                   std::tuple(sample.type, sample.autocomplete, sample.field_label, sample.name),
                   std::pair(field_class,
                             redact::Detectors::context(sample.field_label + ' ' + sample.name, {},
                                                        redact::entity_of(field_class))))
               .first;
    }
    const auto& [field_class, context] = at->second;
    return redact::judge(detectors_, sample.text, field_class, context);
  }
  redact::Detectors& detectors() { return detectors_; }

 private:
  using Field = std::tuple<std::string, std::string, std::string, std::string>;
  redact::Detectors detectors_;
  std::map<Field, std::pair<model::FieldClass, redact::Context>, std::less<>> fields_;
};

// Whether a sentence is without what its span holds, but for at most a fifth of it: a connection
// string may keep its server.
bool is_taken_out(const Sample& sample, const std::vector<redact::Finding>& found) {
  const bool partly = sample.label == "CONN_STRING" || sample.label == "URL_CREDS";
  return std::all_of(sample.spans.begin(), sample.spans.end(), [&](const redact::Range& span) {
    std::size_t covered = 0;
    for (const redact::Finding& finding : found) {
      const std::size_t begin = std::max(span.begin, finding.range.begin);
      const std::size_t end = std::min(span.end, finding.range.end);
      if (begin < end) covered += end - begin;
    }
    return partly ? covered > 0 : covered * 5 >= span.size() * 4;
  });
}

json::object score(const std::vector<Sample>& samples, bool in_fields) {
  Judge judge;
  std::map<std::string, std::pair<std::size_t, std::size_t>> labels;  // found, all
  std::size_t true_positives = 0, false_positives = 0, positives = 0;
  for (const Sample& sample : samples) {
    const bool found = in_fields ? !judge.found_in(sample).empty()
                                 : is_taken_out(sample, judge.detectors().find(sample.text, {}));
    auto& [hits, all] = labels[sample.label];
    ++all;
    hits += found ? 1 : 0;
    positives += sample.positive ? 1 : 0;
    if (found) ++(sample.positive ? true_positives : false_positives);
  }
  json::object by_label;
  for (const auto& [label, counts] : labels) by_label[label] = {counts.first, counts.second};
  const double found = static_cast<double>(true_positives + false_positives);
  return {{"recall", static_cast<double>(true_positives) / static_cast<double>(positives)},
          {"precision", found > 0 ? static_cast<double>(true_positives) / found : 1},
          {"false_positives", false_positives},
          {"negatives", samples.size() - positives},
          {"labels", std::move(by_label)}};
}

double values_per_second(const std::vector<Sample>& samples, double seconds) {
  Judge judge;
  for (const Sample& sample : samples) static_cast<void>(judge.found_in(sample));
  std::size_t values = 0;
  const auto start = Clock::now();
  do {
    for (const Sample& sample : samples) static_cast<void>(judge.found_in(sample));
    values += samples.size();
  } while (seconds_since(start) < seconds);
  return static_cast<double>(values) / seconds_since(start);
}

std::string long_text(const std::vector<Sample>& sentences, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; text.size() < bytes; ++i)
    text += sentences[i % sentences.size()].text + (i % 8 == 7 ? '\n' : ' ');
  std::size_t end = bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

// The least of several: what else runs on the machine takes from the caches.
double least_seconds(redact::Detectors& detectors, std::string_view text, int times) {
  double least = 1e9;
  for (int i = 0; i < times; ++i) {
    const double start = worked();
    static_cast<void>(detectors.find(text, {}));
    least = std::min(least, worked() - start);
  }
  return least;
}

json::object time_long(const std::vector<Sample>& sentences, int times) {
  constexpr std::size_t kibibyte = 1024, mebibyte = 1024 * kibibyte;
  redact::Detectors detectors;
  const std::string mega = long_text(sentences, mebibyte);
  static_cast<void>(detectors.find(mega, {}));
  const double large = least_seconds(detectors, mega, times);
  const double small =
      least_seconds(detectors, std::string_view(mega).substr(0, 64 * kibibyte), 8 * times);
  const double smallest =
      least_seconds(detectors, std::string_view(mega).substr(0, 16 * kibibyte), 32 * times);
  std::vector<double> waits;
  for (int i = 0; i < 20 * times; ++i)
    for (std::size_t at = 0; at + 4 * kibibyte <= mega.size(); at += 4 * kibibyte) {
      const double start = worked();
      static_cast<void>(detectors.find(std::string_view(mega).substr(at, 4 * kibibyte), {}));
      waits.push_back(worked() - start);
    }
  std::sort(waits.begin(), waits.end());
  return {{"mb_per_second", static_cast<double>(mega.size()) / large / 1e6},
          {"growth", large / small},
          {"growth_from_16k", large / smallest},
          {"p999_ms_4k",
           waits[static_cast<std::size_t>(0.999 * static_cast<double>(waits.size()))] * 1e3}};
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("Scores and times detectors");
  std::string fields, sentences;
  double seconds = 1;
  program.add_option("--fields", fields, "Labelled values in fields, JSON lines")->required();
  program.add_option("--sentences", sentences, "Labelled sentences, JSON lines")->required();
  program.add_option("--seconds", seconds)->capture_default_str();
  bool only_speed = false;
  program.add_flag("--only-speed", only_speed, "Values a second and nothing else");
  CLI11_PARSE(program, argc, argv);
  try {
    const auto values = read(fields);
    json::object out{{"values_per_second", values_per_second(values, seconds)}};
    if (!only_speed) {
      const auto texts = read(sentences);
      out["fields"] = score(values, true);
      out["sentences"] = score(texts, false);
      out["long"] = time_long(texts, seconds < 1 ? 2 : 5);
    }
    std::cout << json::serialize(out) << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "redaction_bench: " << error.what() << '\n';
    return 1;
  }
}
