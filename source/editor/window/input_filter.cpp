#include "editor/window/input_filter.h"

#include <QApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPlainTextEdit>

#include "editor/preferences/current.h"
#include "editor/window/commands.h"
#include "editor/window/key_names.h"
#include "editor/window/main_window.h"
#include "editor/window/script_host.h"

namespace kiln::editor {
namespace {

// A field that is typed into has its keys for itself.
bool is_text_field(QWidget* focus) {
  const auto* text = qobject_cast<QPlainTextEdit*>(focus);
  return qobject_cast<QLineEdit*>(focus) || (text && !text->isReadOnly());
}

// Function keys and shortcuts of the window hold everywhere, those of editing in the field.
bool holds_while_typing(const KeyStroke& stroke) {
  const bool is_function = stroke.key.size() >= 2 && stroke.key[0] == 'F' &&
                           std::isdigit(static_cast<unsigned char>(stroke.key[1]));
  const bool is_run = stroke.alt && stroke.key == "P";
  return is_function || is_run ||
         (stroke.ctrl && (stroke.key == "S" || stroke.key == "Q" || stroke.key == "O"));
}

// The key of the number pad for one in the row of digits.
std::string on_number_pad(const std::string& key) {
  static constexpr const char* digits[] = {"ZERO", "ONE", "TWO",   "THREE", "FOUR",
                                           "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"};
  for (std::size_t i = 0; i < std::size(digits); ++i) {
    if (key == digits[i]) {
      return "NUMPAD_" + std::to_string(i);
    }
  }
  return key == "MINUS"                    ? "NUMPAD_MINUS"
         : key == "EQUAL" || key == "PLUS" ? "NUMPAD_PLUS"
         : key == "PERIOD"                 ? "NUMPAD_PERIOD"
                                           : key;
}

}  // namespace

InputFilter::InputFilter(EditorContext& context, MainWindow& window)
    : context_(context), window_(window) {
  qApp->installEventFilter(this);
}

InputFilter::~InputFilter() {
  qApp->removeEventFilter(this);
}

void InputFilter::note_mouse(QWidget* widget, const QMouseEvent& event) {
  const bool is_press = event.type() == QEvent::MouseButtonPress;
  if (is_press || QApplication::mouseButtons() == Qt::NoButton) {
    window_.screen()->note_mouse(event.globalPosition().toPoint());
  }
  if (!is_press) {
    return;
  }
  // Clicking elsewhere ends typing.
  QWidget* focus = QApplication::focusWidget();
  if (focus && focus != widget && !focus->isAncestorOf(widget) &&
      focus->focusPolicy() != Qt::NoFocus && widget->focusPolicy() == Qt::NoFocus) {
    focus->clearFocus();
  }
}

bool InputFilter::takes_key(QWidget* focus, const QKeyEvent& event) const {
  if (QApplication::activePopupWidget() || QApplication::activeModalWidget() ||
      !window_.isActiveWindow()) {
    return false;
  }
  bool is_typing = focus && is_text_field(focus);
  // Consoles and texts have the keys only while the mouse is over them, fields until typing is
  // over.
  const AreaWidget* under = window_.screen()->active_area();
  if (is_typing && under && focus->property("follows_mouse").toBool() &&
      !under->isAncestorOf(focus)) {
    is_typing = false;
  }
  return !is_typing || holds_while_typing(stroke_of(event));
}

bool InputFilter::handle_key(const QKeyEvent& event) {
  KeyStroke stroke = stroke_of(event);
  AreaWidget* area = window_.screen()->active_area();
  if (stroke.key.empty() && event.text().isEmpty()) {
    return false;
  }
  if (area && area->editor()->modal_key(stroke, event.text())) {
    return true;
  }
  if (current_preferences(context_.session).inputs.use_emulate_numpad && area &&
      area->editor_type() == "VIEW_3D") {
    stroke.key = on_number_pad(stroke.key);
  }
  const KeyBinding* binding = context_.commands.keymap.find(window_.keymaps(), stroke);
  if (!binding) {
    return false;
  }
  context_.invoke(binding->command, binding->settings);
  return true;
}

bool InputFilter::goes_to_scripts(QWidget& widget, const QEvent& event) {
  ScriptHost* scripts = window_.scripts();
  if (!scripts || widget.window() != &window_ || QApplication::activePopupWidget() ||
      QApplication::activeModalWidget()) {
    return false;
  }
  switch (event.type()) {
    case QEvent::KeyPress:
    case QEvent::KeyRelease:
      return scripts->handle(
          event, takes_key(QApplication::focusWidget(), static_cast<const QKeyEvent&>(event)));
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::Wheel:
      // An event climbs from the innermost widget; the first time counts.
      if (event.type() != QEvent::Wheel && event.isAccepted() &&
          &widget != QApplication::widgetAt(QCursor::pos())) {
        return false;
      }
      return scripts->handle(event, true);
    default:
      return false;
  }
}

bool InputFilter::eventFilter(QObject* watched, QEvent* event) {
  auto* widget = qobject_cast<QWidget*>(watched);
  const bool is_ours = widget && widget->window() == &window_;
  if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::KeyPress ||
      event->type() == QEvent::ActivationChange) {
    window_.apply_preferences();
  }
  if (widget && goes_to_scripts(*widget, *event)) {
    return true;
  }
  switch (event->type()) {
    case QEvent::ToolTip:
      if (!current_preferences(context_.session).view.show_tooltips) {
        return true;
      }
      break;
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
      if (is_ours) {
        note_mouse(widget, static_cast<QMouseEvent&>(*event));
      }
      break;
    case QEvent::Enter:
      if (is_ours && QApplication::mouseButtons() == Qt::NoButton) {
        window_.screen()->note_mouse(QCursor::pos());
      }
      break;
    case QEvent::KeyPress: {
      const auto& key = static_cast<QKeyEvent&>(*event);
      if (widget && takes_key(QApplication::focusWidget(), key) && handle_key(key)) {
        return true;
      }
      break;
    }
    default:
      break;
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace kiln::editor
