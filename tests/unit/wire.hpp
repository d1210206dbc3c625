// Events and batches as the extension sends them, to be altered by a test.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/event.hpp"

namespace fieldnote::testing {

inline constexpr std::string_view a_stream = "0123456789abcdef0123456789abcdef";
inline constexpr std::string_view a_document = "00112233445566ff";
inline constexpr std::string_view a_page = "https://crm.example.com/tickets";

inline boost::json::object json_of(std::string_view text) {
  return boost::json::parse(text).as_object();
}

inline boost::json::object a_target() {
  return json_of(R"({"role":"button","name":"Save","tag":"button","type":"submit",
                     "selectors":[["aria/Save"],["#host","button.save"]],"box":[10,-20,300,40]})");
}

// A wire event of a kind, whole and good.
inline boost::json::object a_wire_event(model::Kind kind, std::uint32_t n = 0) {
  boost::json::object event{{"kind", model::word(kind)},
                            {"document", a_document},
                            {"n", n},
                            {"tab", 1},
                            {"frame", 0},
                            {"url", a_page}};
  const auto also = [&](std::string_view text) {
    for (const auto& [key, value] : json_of(text)) event[key] = value;
  };
  using enum model::Kind;
  if (kind <= paste) event["target"] = a_target();
  if (kind == drag) event["onto"] = a_target();
  if (kind == scroll) also(R"({"scroll":[0,640]})");
  if (kind == input)
    also(R"({"value":{"class":"text","disclosure":"placeholder","text":"hello there"}})");
  if (kind == select)
    also(R"({"value":{"class":"choice","disclosure":"clear","options":["Open","Late"]}})");
  if (kind == check) also(R"({"value":{"class":"toggle","disclosure":"clear","checked":true}})");
  if (kind == file || kind == download) also(R"({"files":{"number":1,"types":["text/csv"]}})");
  if (kind == key) also(R"({"key":"Enter"})");
  if (kind == copy || kind == cut || kind == paste) also(R"({"size":"5-8"})");
  if (kind == navigate) also(R"({"navigation":"load"})");
  if (kind == outline)
    also(R"({"outline":{"digest":"00112233445566778899aabbccddeeff","dialect":"wire-1",
                        "lines":["0\tgeneric active\te1","1\tbutton\te2*\tnwSave"]}})");
  if (kind == effect) also(R"({"cause":0,"changes":[{"what":"alert","text":"Saved"}]})");
  return event;
}

// A batch whose events and `lost` are given as JSON text.
inline std::string batch_of(std::uint64_t seq, std::string_view events,
                            std::string_view lost = "") {
  std::string out = R"({"type":"batch","seq":)" + std::to_string(seq) + ',';
  if (!lost.empty()) out += R"("lost":)" + std::string(lost) + ',';
  return out + R"("events":)" + std::string(events) + '}';
}

inline std::string batch_of(std::uint64_t seq, const boost::json::array& events) {
  return batch_of(seq, boost::json::serialize(events));
}

// A batch of `count` clicks, the first numbered `first` in its document.
inline std::string a_batch(std::uint64_t seq, std::uint32_t count = 1, std::uint32_t first = 0) {
  boost::json::array events;
  for (std::uint32_t i = 0; i < count; ++i)
    events.push_back(a_wire_event(model::Kind::click, first + i));
  return batch_of(seq, events);
}

}  // namespace fieldnote::testing
