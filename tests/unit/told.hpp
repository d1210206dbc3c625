// A sink that writes down what a batch was told to hold: events as held lines, refusals and losses.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/event_reader.hpp"
#include "model/event_writer.hpp"

namespace fieldnote::testing {

class Told final : public model::BatchSink {
 public:
  void on_event(model::Event& event) override {
    event.stream = "0123456789abcdef0123456789abcdef";
    event.scope = "01234567";
    event.app = "app";
    order += 'e';
    model::append_held(lines.emplace_back(), event);
  }
  void on_refused(model::Refusal why) override {
    order += 'r';
    refused.push_back(why);
  }
  void on_lost(std::string_view reason, std::uint64_t count) override {
    lost[std::string(reason)] += count;
  }

  std::vector<std::string> lines;
  std::vector<model::Refusal> refused;
  std::map<std::string, std::uint64_t> lost;
  std::string order;  // 'e' an event, 'r' a refusal
};

}  // namespace fieldnote::testing
