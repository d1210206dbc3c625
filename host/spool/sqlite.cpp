#include "spool/sqlite.hpp"

#include <cerrno>

#include "spool/spool_error.hpp"

namespace fieldnote::spool {
namespace {

class Category final : public boost::system::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "fieldnote.spool"; }
  [[nodiscard]] std::string message(int value) const override {
    switch (static_cast<SpoolError>(value)) {
      case SpoolError::unusable:
        return "the spool cannot be used";
      case SpoolError::newer_schema:
        return "the spool was made by a newer version";
      case SpoolError::damaged:
        return "the spool is damaged";
      case SpoolError::full:
        return "no room on the disk";
      case SpoolError::failed:
        return "the spool could not be read or written";
    }
    return "unknown";
  }
};

bool is_no_room(int number) {
  return number == ENOSPC || number == EDQUOT;
}

Error sqlite_error(sqlite3* database) {
  const int code = sqlite3_extended_errcode(database);
  const char* name = sqlite3_db_filename(database, "main");
  const std::string where =
      name != nullptr && *name != '\0' ? std::string(name) + ": " : std::string();
  const std::string words = std::string(" (SQLite: ") + sqlite3_errmsg(database) + ')';
  // Not every miss of room is told as a full disk: that of room for the log's index, or for a new
  // file, is a failed write or open.
  const bool with_number = (code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN;
  if (code == SQLITE_IOERR_SHMSIZE || (with_number && is_no_room(sqlite3_system_errno(database))))
    return {SpoolError::full,
            where + "no room on the disk; free some, nothing that was acked is lost" + words};
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return {SpoolError::full,
              where + "no room on the disk; free some, nothing that was acked is lost" + words};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {SpoolError::damaged,
              where + "is damaged or no spool; move it away to begin a new one" + words};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return {SpoolError::unusable,
              where + "cannot be opened for writing; look at owner and mode" + words};
    default:
      return {SpoolError::failed, where + "could not be read or written" + words};
  }
}

}  // namespace

boost::system::error_code make_error_code(SpoolError error) {
  static const Category category;
  return {static_cast<int>(error), category};
}

bool means_full(const Error& error) {
  return error.code == make_error_code(SpoolError::full) ||
         (error.code.category() == boost::system::system_category() &&
          is_no_room(error.code.value()));
}

// Binding fails only for a wrong index or for want of memory, and then the step fails too, with
// SQLite's own word.
Statement& Statement::bind(int at, std::int64_t number) {
  sqlite3_bind_int64(handle_.get(), at, number);
  return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
  sqlite3_bind_text64(handle_.get(), at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int at, platform::ByteView blob) {
  if (blob.empty())
    sqlite3_bind_zeroblob(handle_.get(), at, 0);
  else
    sqlite3_bind_blob64(handle_.get(), at, blob.data(), blob.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind(int at, std::nullptr_t) {
  sqlite3_bind_null(handle_.get(), at);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  Error failed = sqlite_error(sqlite3_db_handle(handle_.get()));
  reset();
  return failed;
}

Result<void> Statement::run() {
  auto row = step();
  if (!row) return row.error();
  reset();
  return {};
}

void Statement::reset() {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

platform::ByteView Statement::blob(int column) const {
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle_.get(), column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

Result<Database> Database::open(const std::filesystem::path& path) {
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                          SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
                      nullptr);
  Database database(raw);
  if (code == SQLITE_OK) return database;
  if (raw == nullptr) return Error{SpoolError::failed, path.string() + ": no memory to open it"};
  Error failed = sqlite_error(raw);
  if (failed.sentence.find(path.string()) == std::string::npos)
    failed.sentence.insert(0, path.string() + ": ");
  return failed;
}

Result<void> Database::run(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return sqlite_error(handle_.get());
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
    return sqlite_error(handle_.get());
  return Statement(statement);
}

}  // namespace fieldnote::spool
