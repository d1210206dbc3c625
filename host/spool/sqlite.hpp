// The few things that the spool needs of SQLite, as values that clean up behind themselves. Errors
// carry SQLite's own words behind a sentence of ours. One thread at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "platform/byte_stream.hpp"

namespace fieldnote::spool {

class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

  // Parameters count from 1. What is bound must outlive the steps.
  Statement& bind(int at, std::int64_t number);
  Statement& bind(int at, std::string_view text);
  Statement& bind(int at, platform::ByteView blob);
  Statement& bind(int at, std::nullptr_t);

  // True: a row is there to be read. False: done. Resets itself when done or failed.
  [[nodiscard]] Result<bool> step();
  // For statements that return no row.
  [[nodiscard]] Result<void> run();
  void reset();

  // Columns count from 0; views are good until the next step.
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] platform::ByteView blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

class Database {
 public:
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path);

  [[nodiscard]] Result<void> run(const char* sql);
  // Prepared to be kept.
  [[nodiscard]] Result<Statement> prepare(std::string_view sql);
  [[nodiscard]] std::int64_t last_row_id() const {
    return sqlite3_last_insert_rowid(handle_.get());
  }
  [[nodiscard]] std::int64_t changes() const { return sqlite3_changes64(handle_.get()); }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  explicit Database(sqlite3* handle) : handle_(handle) {}
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace fieldnote::spool
