#include "document/resolve.h"

#include "core/schema/bag_property.h"

#include <charconv>

#include "core/schema/registry.h"

namespace kiln {

ConstRef step_into(const ConstRef& ref, const PathStep& step) {
  const Property& p = *step.property;
  if (!p.collection) {
    return nested(ref, p);
  }
  if (p.collection->is_view()) {
    const bool is_there = step.index >= 0 && step.index < p.collection->size(ref);
    return is_there ? p.collection->at(ref, step.index).ref : ConstRef{};
  }
  const std::int64_t at = p.collection->index_of(ref, step.item, step.index);
  return at < 0 ? ConstRef{} : p.collection->at(ref, at).ref;
}

MutableRef step_into(const MutableRef& ref, const PathStep& step) {
  const Property& p = *step.property;
  if (!p.collection) {
    return nested(ref, p);
  }
  if (p.collection->is_view()) {
    const bool is_there = step.index >= 0 && step.index < p.collection->size(ref);
    return is_there ? p.collection->edit_at(ref, step.index) : MutableRef{};
  }
  const std::int64_t at = p.collection->index_of(ref, step.item, step.index);
  return at < 0 ? MutableRef{} : p.collection->edit_at(ref, at);
}

std::int64_t find_named(const CollectionAccess& collection, const ConstRef& owner, std::string_view name) {
  const std::int64_t found = collection.find(owner, name);
  if (found >= 0 || !collection.holds_blocks() || !owner.document) {
    return found;
  }
  const std::vector<BlockId> blocks = collection.blocks(owner);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const DataBlock* block = owner.document->find(blocks[i]);
    if (block && block->name == name) {
      return std::int64_t(i);
    }
  }
  return -1;
}

ConstRef resolve(const Document& document, const Handle& handle, const Services* services) {
  const DataBlock* block = document.find(handle.block);
  if (!block) {
    return {};
  }
  ConstRef ref = reference_to(*block, &document, services);
  for (const PathStep& step : handle.steps) {
    ref = step_into(ref, step);
    if (!ref) {
      return {};
    }
  }
  return ref;
}

MutableRef resolve_for_edit(Document& document, const Handle& handle, Change kinds,
                            const Services* services) {
  if (!resolve(document, handle, services)) {
    return {};
  }
  DataBlock& block = document.edit(handle.block, kinds);
  MutableRef ref{&block.dynamic_schema(), &block, -1, &block, &document, services};
  for (const PathStep& step : handle.steps) {
    ref = step_into(ref, step);
    if (!ref) {
      return {};
    }
  }
  return ref;
}

Result<Value> get_value(const Document& document, const Handle& owner, const Property& property,
                        const Services& services) {
  const ConstRef ref = resolve(document, owner, &services);
  if (!ref) {
    return Error::invalid("the struct that has \"{}\" has been removed", property.identifier);
  }
  return read(ref, property);
}

Result<void> set_value(Document& document, const Handle& owner, const Property& property,
                       const Value& value, const Services& services) {
  const Result<Value> prepared = with_item_numbers(resolve(document, owner, &services), property, value);
  if (!prepared) {
    return prepared.error();
  }
  const MutableRef ref = resolve_for_edit(document, owner, property.change, &services);
  if (!ref) {
    return Error::invalid("the struct that has \"{}\" has been removed", property.identifier);
  }
  Result<void> done = write(ref, property, *prepared);
  if (done && document.find(owner.block)) {
    document.edit(owner.block, Change::None).after_edit(document);
  }
  if (done && property.after_write) {
    property.after_write(owner);
  }
  return done;
}

std::string escape_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
  return out;
}

namespace {

// One piece of a data path: a name, or what stands in brackets.
struct Token {
  enum class Kind { Name, Index, Key, End, Bad } kind = Kind::End;
  std::string text;
  int index = 0;
};

class Tokens {
public:
  explicit Tokens(std::string_view path) : rest_(path) {}

  Token next() {
    if (rest_.empty()) {
      return {};
    }
    if (rest_[0] == '[') {
      return bracket();
    }
    if (!is_first_) {
      if (rest_[0] != '.') {
        return bad();
      }
      rest_.remove_prefix(1);
    }
    is_first_ = false;
    const std::size_t end = std::min(rest_.find_first_of(".["), rest_.size());
    if (end == 0) {
      return bad();
    }
    Token token{Token::Kind::Name, std::string(rest_.substr(0, end))};
    rest_.remove_prefix(end);
    return token;
  }

private:
  static Token bad() { return {Token::Kind::Bad, {}, 0}; }
  Token bracket() {
    is_first_ = false;
    rest_.remove_prefix(1);
    if (!rest_.empty() && rest_[0] == '"') {
      Token token{Token::Kind::Key, {}, 0};
      std::size_t i = 1;
      for (; i < rest_.size() && rest_[i] != '"'; ++i) {
        if (rest_[i] == '\\' && i + 1 < rest_.size()) {
          ++i;
          const char c = rest_[i];
          token.text += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
        } else {
          token.text += rest_[i];
        }
      }
      if (i + 1 >= rest_.size() || rest_[i + 1] != ']') {
        return bad();
      }
      rest_.remove_prefix(i + 2);
      return token;
    }
    const std::size_t end = rest_.find(']');
    Token token{Token::Kind::Index, {}, 0};
    if (end == std::string_view::npos ||
        std::from_chars(rest_.data(), rest_.data() + end, token.index).ptr != rest_.data() + end ||
        end == 0) {
      return bad();
    }
    rest_.remove_prefix(end + 1);
    return token;
  }

  std::string_view rest_;
  bool is_first_ = true;
};

}  // namespace

Result<ResolvedPath> resolve_path(const Document& document, const Handle& from,
                                  std::string_view path, const Registry& registry,
                                  const Services* services) {
  const auto wrong = [&] { return Error::invalid("\"{}\" could not be resolved", path); };
  ResolvedPath result{from, nullptr, -1};
  Tokens tokens(path);
  Token token = tokens.next();
  if (token.kind == Token::Kind::End) {
    return wrong();
  }
  while (token.kind != Token::Kind::End) {
    const ConstRef owner = resolve(document, result.owner, services);
    if (token.kind != Token::Kind::Name || !owner || result.property) {
      return wrong();
    }
    const Property* p = registry.property(*owner.schema, token.text);
    if (!p || p->is_internal) {
      return wrong();
    }
    token = tokens.next();
    if (p->type == PropertyType::Pointer) {
      if (p->storage == Storage::Struct) {
        result.owner.steps.push_back({p});
        continue;
      }
      const Value value = read(owner, *p);
      if (value.is_none()) {
        if (token.kind != Token::Kind::End) {
          return wrong();
        }
        result.property = p;
        return result;
      }
      result.owner = value.as_handle();
      continue;
    }
    if (p->type == PropertyType::Collection) {
      if (token.kind == Token::Kind::End) {
        result.property = p;
        return result;
      }
      std::int64_t at = -1;
      if (token.kind == Token::Kind::Key) {
        if (const auto block = p->collection->find_block(owner, token.text)) {
          if (!*block) {
            return wrong();
          }
          result.owner = {*block, {}};
          token = tokens.next();
          continue;
        }
        at = find_named(*p->collection, owner, token.text);
      } else if (token.kind == Token::Kind::Index) {
        const std::int64_t size = p->collection->size(owner);
        at = token.index < 0 ? token.index + size : token.index;
        at = at < size ? at : -1;
      }
      if (at < 0) {
        return wrong();
      }
      const ConstElement element = p->collection->at(owner, at);
      if (element.block) {
        result.owner = {element.block, {}};
      } else {
        result.owner.steps.push_back({p, element.item, at});
      }
      token = tokens.next();
      continue;
    }
    result.property = p;
    if (token.kind == Token::Kind::Index || (token.kind == Token::Kind::Name && p->is_array())) {
      int index = token.index;
      if (token.kind == Token::Kind::Name) {
        const std::size_t axis = std::string_view("xyzw").find(token.text);
        if (token.text.size() != 1 || axis == std::string_view::npos) {
          return wrong();
        }
        index = int(axis);
        if (p->subtype == Subtype::Quaternion) {
          index = index == 3 ? 0 : index + 1;
        }
      }
      if (!p->is_array() || index < 0 || (p->length && index >= p->length)) {
        return wrong();
      }
      result.index = index;
      token = tokens.next();
    }
    if (token.kind != Token::Kind::End) {
      return wrong();
    }
  }
  return result;
}

std::string path_of(const Document& document, const Handle& handle, const Services* services) {
  std::string path;
  const DataBlock* block = document.find(handle.block);
  if (!block) {
    return path;
  }
  ConstRef ref = reference_to(*block, &document, services);
  for (const PathStep& step : handle.steps) {
    if (!path.empty()) {
      path += '.';
    }
    path += step.property->identifier;
    std::int64_t at = step.index;
    if (step.property->collection && !step.property->collection->is_view()) {
      at = step.property->collection->index_of(ref, step.item, step.index);
    }
    ref = step_into(ref, step);
    if (!ref) {
      return path;
    }
    if (step.property->collection) {
      const Property* name = step.property->is_runtime ? nullptr : ref.schema->name_property;
      if (name) {
        path += "[\"" + escape_name(read(ref, *name).as_string()) + "\"]";
      } else {
        path += "[" + std::to_string(at) + "]";
      }
    }
  }
  return path;
}

}  // namespace kiln
