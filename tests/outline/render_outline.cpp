// Outlines as they come from a page, one on each line of the input as a JSON array of strings, to
// the dialect: what the host does, without redaction. For tests that compare with Playwright.
#include <boost/json/parse.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "model/outline.hpp"

int main() {
  using namespace fieldnote;
  std::string input;
  while (std::getline(std::cin, input)) {
    const boost::json::value wire = boost::json::parse(input);
    std::vector<model::OutlineLine> lines;
    for (const boost::json::value& text : wire.as_array()) {
      const auto line = model::read_outline_line(
          text.as_string(), lines.empty() ? std::nullopt : std::optional(lines.back().depth));
      if (!line) {
        std::cerr << "no line of an outline: " << text << '\n';
        return 1;
      }
      lines.push_back(*line);
    }
    model::OutlineWriter writer;
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i)
      writer.write(out, lines[i], i + 1 < lines.size() ? &lines[i + 1] : nullptr);
    std::cout << out << '\0' << std::flush;
  }
  return 0;
}
