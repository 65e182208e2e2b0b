#include "editor/layout/layout.h"

#include <algorithm>

#include "document/color_ramp.h"
#include "document/curve_mapping.h"

namespace kiln::editor {
namespace {

using Kind = LayoutItem::Kind;
using Field = PlacedItem::Field;

// Buttons without a text are as wide as high, labels about as wide as their text; 0: as wide as
// there is room.
float fixed_width(const LayoutItem& item, const LayoutMeasures& m) {
  switch (item.kind) {
    case Kind::Button:
    case Kind::Menu:
    case Kind::Popover:
      return item.text.empty() ? m.row : 0.0f;
    case Kind::Label:
      return item.text.empty() ? m.row : float(item.text.size()) * 7.0f + 10.0f;
    case Kind::Separator:
      return m.row * 0.3f;
    case Kind::Property:
      return item.has_no_label && item.property && item.property->type == PropertyType::Boolean
                 ? m.row
                 : 0.0f;
    case Kind::Row:
    case Kind::Column: {
      float widest = 0.0f, sum = 0.0f;
      for (const LayoutItem& child : item.children) {
        const float width = fixed_width(child, m);
        if (width == 0.0f || child.kind == Kind::Label) {
          return 0.0f;
        }
        widest = std::max(widest, width);
        sum += width + (sum > 0.0f ? m.gap : 0.0f);
      }
      return item.kind == Kind::Row ? sum : widest;
    }
    default:
      return 0.0f;
  }
}

class Placer {
public:
  Placer(const OpenPanels& open, const LayoutMeasures& measures, const ListOffsets& offsets)
      : open_(open), offsets_(offsets), m_(measures) {}

  PlacedLayout place(const LayoutItem& root, float width) {
    out_.height = column(root, {m_.margin, m_.margin, width - 2 * m_.margin, 0}, 0) + m_.margin;
    return std::move(out_);
  }

private:
  bool is_open(const LayoutItem& panel) const {
    const auto found = open_.find(panel.identifier);
    return found == open_.end() ? panel.is_open : found->second;
  }

  // All of these return where the next thing below goes.

  float column(const LayoutItem& item, LayoutRect area, int depth) {
    const float gap = item.is_aligned ? 1.0f : m_.gap;
    float y = area.y;
    for (const LayoutItem& child : item.children) {
      y = place_item(child, {area.x, y, area.width, 0}, depth) + gap;
    }
    return item.children.empty() ? y : y - gap;
  }

  float row(const LayoutItem& item, LayoutRect area, int depth) {
    const float gap = item.is_aligned ? 1.0f : m_.gap;
    const std::size_t count = item.children.size();
    std::vector<float> widths(count, 0.0f);
    float left = area.width - gap * float(count > 0 ? count - 1 : 0);
    std::size_t flexible = 0;
    for (std::size_t i = 0; i < count; ++i) {
      widths[i] = fixed_width(item.children[i], m_);
      flexible += widths[i] == 0.0f;
      left -= widths[i];
    }
    // Where nothing else fills the row, or labels leave too little, they share it.
    const bool shares = flexible == 0 || left < float(flexible) * m_.row * 2.0f;
    for (std::size_t i = 0; i < count && shares; ++i) {
      if (item.children[i].kind == Kind::Label && widths[i] > m_.row) {
        left += widths[i];
        widths[i] = 0.0f;
        ++flexible;
      }
    }
    float bottom = area.y, x = area.x;
    const bool was_in_row = std::exchange(in_row_, true);
    for (std::size_t i = 0; i < count; ++i) {
      const float width = widths[i] > 0.0f
                              ? widths[i]
                              : std::max(4.0f, left / float(std::max<std::size_t>(1, flexible)));
      bottom = std::max(bottom, place_item(item.children[i], {x, area.y, width, 0}, depth));
      x += width + gap;
    }
    in_row_ = was_in_row;
    return bottom;
  }

  float split(const LayoutItem& item, LayoutRect area, int depth) {
    const std::size_t count = item.children.size();
    if (item.factor <= 0.0f || count < 2) {
      return row(item, area, depth);
    }
    const float whole = area.width - m_.gap * float(count - 1);
    float bottom = area.y, x = area.x;
    const bool was_in_row = std::exchange(in_row_, true);
    for (std::size_t i = 0; i < count; ++i) {
      const float width =
          i == 0 ? whole * item.factor : whole * (1.0f - item.factor) / float(count - 1);
      bottom = std::max(bottom, place_item(item.children[i], {x, area.y, width, 0}, depth));
      x += width + m_.gap;
    }
    in_row_ = was_in_row;
    return bottom;
  }

  float grid(const LayoutItem& item, LayoutRect area, int depth) {
    const std::size_t columns = std::size_t(std::max(1, item.count));
    const float width = (area.width - m_.gap * float(columns - 1)) / float(columns);
    float y = area.y, bottom = area.y;
    const bool was_in_row = std::exchange(in_row_, true);
    for (std::size_t i = 0; i < item.children.size(); ++i) {
      if (i > 0 && i % columns == 0) {
        y = bottom + m_.gap;
      }
      const float x = area.x + float(i % columns) * (width + m_.gap);
      bottom = std::max(bottom, place_item(item.children[i], {x, y, width, 0}, depth));
    }
    in_row_ = was_in_row;
    return bottom;
  }

  float list(const LayoutItem& item, LayoutRect area, int depth) {
    const int total = int(item.children.size());
    const int seen = std::clamp(item.count, 1, 30);
    const auto offset = offsets_.find(item.name);
    const int first =
        std::clamp(offset == offsets_.end() ? 0 : offset->second, 0, std::max(0, total - seen));
    area.height = float(seen) * m_.row + m_.gap * 2;
    out_.items.push_back({&item, area, {}, {}, Field::None, first, depth});
    const bool was_in_row = std::exchange(in_row_, true);
    for (int i = first; i < std::min(total, first + seen); ++i) {
      const LayoutItem& line = item.children[std::size_t(i)];
      const LayoutRect rect{area.x + 2, area.y + m_.gap + float(i - first) * m_.row, area.width - 4,
                            m_.row};
      out_.items.push_back({&line, rect, {}, {}, Field::Row, i, depth});
      row(line, {rect.x + 4, rect.y, rect.width - 8, 0}, depth);
    }
    in_row_ = was_in_row;
    if (item.has_no_filter) {
      return area.y + area.height;
    }
    const float below = area.y + area.height + 1;
    out_.items.push_back({&item,
                          {area.x, below, area.width, m_.row * 0.8f},
                          {},
                          item.filter,
                          Field::Filter,
                          -1,
                          depth});
    return below + m_.row * 0.8f;
  }

  float place_item(const LayoutItem& item, LayoutRect area, int depth) {
    switch (item.kind) {
      case Kind::Column:
      case Kind::Pie: {
        const bool was_in_row = std::exchange(in_row_, in_row_ && item.kind == Kind::Column);
        const float bottom = column(item, area, depth);
        in_row_ = was_in_row;
        return bottom;
      }
      case Kind::Row:
        return row(item, area, depth);
      case Kind::Split:
        return split(item, area, depth);
      case Kind::Grid:
        return grid(item, area, depth);
      case Kind::List:
        return list(item, area, depth);
      case Kind::Box: {
        const std::size_t at = out_.items.size();
        out_.items.push_back({&item, area, {}, {}, Field::None, -1, depth});
        const bool was_in_row = std::exchange(in_row_, false);
        const float bottom =
            column(item, {area.x + m_.margin, area.y + m_.margin, area.width - 2 * m_.margin, 0},
                   depth) +
            m_.margin;
        in_row_ = was_in_row;
        out_.items[at].rect.height = bottom - area.y;
        return bottom;
      }
      case Kind::Panel: {
        const std::size_t at = out_.items.size();
        area.height = m_.row;
        out_.items.push_back(
            {&item, area, area, item.text, Field::None, is_open(item) ? 1 : 0, depth});
        float bottom = area.y + m_.row;
        if (is_open(item)) {
          bottom =
              column(item, {area.x + m_.indent, bottom + m_.gap, area.width - 2 * m_.indent + 2, 0},
                     depth + 1) +
              m_.gap * 2;
        }
        out_.items[at].rect.height = bottom - area.y;
        return bottom;
      }
      case Kind::Label:
      case Kind::Button:
      case Kind::Menu:
      case Kind::Popover:
        area.height = m_.row;
        out_.items.push_back({&item, area, {}, item.text, Field::None, -1, depth});
        return area.y + m_.row;
      case Kind::Picture:
        area.height = m_.row * std::clamp(item.factor, 1.0f, 40.0f);
        out_.items.push_back({&item, area, {}, {}, Field::None, -1, depth});
        return area.y + area.height;
      case Kind::Separator:
        return area.y + m_.row * 0.3f;
      case Kind::Native:
      case Kind::Spacer:
        return area.y;
      case Kind::Property:
        return property(item, area, depth);
    }
    return area.y;
  }

  float property(const LayoutItem& item, LayoutRect area, int depth) {
    const Property& p = *item.property;
    const std::string label = !item.text.empty() ? item.text
                              : p.label.empty()  ? p.identifier
                                                 : p.label;
    const bool is_beside = !in_row_ && !item.has_no_label && !item.is_plain;
    const float split = is_beside ? area.width * m_.split : 0.0f;
    const LayoutRect left{area.x, area.y, split - 6, m_.row};
    const LayoutRect right{area.x + split, area.y, area.width - split, m_.row};
    const Field field = field_of(p);
    const std::string inside = item.has_no_label ? std::string() : in_row_ ? label : std::string();
    if (!item.item.empty()) {
      out_.items.push_back(
          {&item, {area.x, area.y, area.width, m_.row}, {}, label, Field::EnumItem, -1, depth});
      return area.y + m_.row;
    }
    if (field == Field::Check) {
      // The label stands behind the box.
      const bool is_array = p.length > 0 && item.index < 0;
      if (is_array) {
        out_.items.push_back({&item, {}, left, label, Field::None, -1, depth});
        const float width = (right.width - m_.gap * float(p.length - 1)) / float(p.length);
        for (int i = 0; i < p.length; ++i) {
          out_.items.push_back({&item,
                                {right.x + (width + m_.gap) * float(i), area.y, width, m_.row},
                                {},
                                component_name(p, i),
                                Field::Toggle,
                                i,
                                depth});
        }
      } else {
        // Wide enough for its label.
        const float left_edge = is_beside ? area.width * 0.2f : 0.0f;
        const LayoutRect box{area.x + left_edge, area.y, area.width - left_edge, m_.row};
        out_.items.push_back({&item,
                              box,
                              {},
                              item.has_no_label ? std::string() : label,
                              item.is_toggle ? Field::Toggle : Field::Check,
                              item.index,
                              depth});
      }
      return area.y + m_.row;
    }
    if (field == Field::Enum && item.is_expanded && !p.dynamic_items) {
      if (is_beside) {
        out_.items.push_back({&item, {}, left, label, Field::None, -1, depth});
      }
      const float count = float(std::max<std::size_t>(1, p.items.size()));
      const float width = (right.width - (count - 1)) / count;
      for (std::size_t i = 0; i < p.items.size(); ++i) {
        out_.items.push_back({&item,
                              {right.x + (width + 1) * float(i), area.y, width, m_.row},
                              {},
                              p.items[i].label,
                              Field::EnumItem,
                              int(i),
                              depth});
      }
      return area.y + m_.row;
    }
    const bool is_vector =
        field == Field::Number && p.length > 0 && item.index < 0 && p.length <= 16;
    if (is_vector) {
      for (int i = 0; i < p.length; ++i) {
        const float y = area.y + float(i) * (m_.row + 1);
        const std::string name = component_name(p, i);
        PlacedItem placed{&item,
                          {right.x, y, right.width, m_.row},
                          {left.x, y, left.width, m_.row},
                          i == 0 ? label + " " + name : name,
                          Field::Number,
                          i,
                          depth};
        if (!is_beside) {
          placed.label_rect = {};
          placed.label = name;
        }
        out_.items.push_back(std::move(placed));
      }
      return area.y + float(p.length) * (m_.row + 1) - 1;
    }
    if (is_plot(field)) {
      area.height = field == Field::Ramp ? m_.ramp : m_.curves;
      out_.items.push_back({&item, area, {}, label, field, -1, depth});
      return area.y + area.height;
    }
    LayoutRect whole = right;
    if (field == Field::Pointer && item.is_block) {
      // From the right: unlink, new, fake user, users.
      for (int part = 3; part >= 0; --part) {
        whole.width -= m_.row;
        out_.items.push_back({&item,
                              {whole.x + whole.width, area.y, m_.row, m_.row},
                              {},
                              {},
                              Field::Part,
                              part,
                              depth});
      }
      whole.width -= 1;
    }
    out_.items.push_back({&item, whole, is_beside ? left : LayoutRect{}, is_beside ? label : inside,
                          field, item.index, depth});
    return area.y + m_.row;
  }

  static std::string component_name(const Property& p, int i) {
    if (p.length > 4 || (p.length == 4 && p.subtype != Subtype::Quaternion &&
                         p.subtype != Subtype::AxisAngle && p.subtype != Subtype::Xyz)) {
      return std::to_string(i);
    }
    const bool has_w = p.subtype == Subtype::Quaternion || p.subtype == Subtype::AxisAngle;
    return std::string(1, has_w ? "WXYZ"[i] : "XYZW"[i]);
  }

  const OpenPanels& open_;
  const ListOffsets& offsets_;
  LayoutMeasures m_;
  PlacedLayout out_;
  bool in_row_ = false;
};

}  // namespace

PlacedLayout place_layout(const LayoutItem& root, float width, const OpenPanels& open,
                          const LayoutMeasures& measures, const ListOffsets& offsets) {
  return Placer(open, measures, offsets).place(root, width);
}

const char* icon_sign(std::string_view icon) {
  static constexpr std::pair<std::string_view, const char*> signs[] = {{"ADD", "+"},
                                                                       {"REMOVE", "−"},
                                                                       {"X", "✕"},
                                                                       {"CANCEL", "✕"},
                                                                       {"TRASH", "✕"},
                                                                       {"TRIA_UP", "▲"},
                                                                       {"TRIA_DOWN", "▼"},
                                                                       {"TRIA_LEFT", "◀"},
                                                                       {"TRIA_RIGHT", "▶"},
                                                                       {"PLAY", "▶"},
                                                                       {"PAUSE", "⏸"},
                                                                       {"CHECKMARK", "✓"},
                                                                       {"CHECKBOX_HLT", "☑"},
                                                                       {"CHECKBOX_DEHLT", "☐"},
                                                                       {"ERROR", "⚠"},
                                                                       {"INFO", "ⓘ"},
                                                                       {"QUESTION", "?"},
                                                                       {"FILE_REFRESH", "⟳"},
                                                                       {"LOOP_BACK", "↺"},
                                                                       {"HIDE_OFF", "◉"},
                                                                       {"HIDE_ON", "○"},
                                                                       {"FILE_FOLDER", "▤"},
                                                                       {"FILEBROWSER", "▤"},
                                                                       {"DUPLICATE", "❐"},
                                                                       {"COPYDOWN", "❐"},
                                                                       {"PASTEDOWN", "❏"},
                                                                       {"PREFERENCES", "⚙"},
                                                                       {"SETTINGS", "⚙"},
                                                                       {"VIEWZOOM", "⌕"},
                                                                       {"ZOOM_IN", "⌕"},
                                                                       {"LOCKED", "▣"},
                                                                       {"UNLOCKED", "▢"},
                                                                       {"SOLO_ON", "★"},
                                                                       {"SOLO_OFF", "☆"},
                                                                       {"URL", "↗"},
                                                                       {"DOWNARROW_HLT", "▾"},
                                                                       {"RESTRICT_SELECT_OFF", "➤"},
                                                                       {"RIGHTARROW", "▸"},
                                                                       {"DOT", "•"},
                                                                       {"FAKE_USER_ON", "F"}};
  for (const auto& [name, sign] : signs) {
    if (icon == name) {
      return sign;
    }
  }
  return "";
}

PlacedItem::Field field_of(const Property& p) {
  switch (p.type) {
    case PropertyType::Boolean:
      return Field::Check;
    case PropertyType::Int:
    case PropertyType::Float:
      return (p.subtype == Subtype::Color || p.subtype == Subtype::ColorGamma) &&
                     (p.length == 3 || p.length == 4)
                 ? Field::Color
                 : Field::Number;
    case PropertyType::String:
      return Field::Text;
    case PropertyType::Enum:
      return Field::Enum;
    case PropertyType::Pointer:
      if (p.storage == Storage::Struct) {
        const Schema* target = p.target_schema();
        return target == &ColorRamp::schema()      ? Field::Ramp
               : target == &CurveMapping::schema() ? Field::Curves
                                                   : Field::Pointer;
      }
      return Field::Pointer;
    case PropertyType::Collection:
      break;
  }
  return Field::None;
}

bool is_plot(PlacedItem::Field field) {
  return field == Field::Ramp || field == Field::Curves;
}

}  // namespace kiln::editor
