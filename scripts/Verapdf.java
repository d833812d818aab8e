import java.io.FileInputStream;
import java.io.InputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Holds a PDF against a standard: `Verapdf ua1 FILE` writes each rule that is broken, a tab, and where first. */
public class Verapdf {
  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour standard = PDFAFlavour.fromString(arguments[0]);
    var broken = new TreeMap<String, String>();
    try (InputStream file = new FileInputStream(arguments[1]);
        PDFAParser parsed = Foundries.defaultInstance().createParser(file, standard);
        PDFAValidator judge = Foundries.defaultInstance().createValidator(standard, false)) {
      for (TestAssertion each : judge.validate(parsed).getTestAssertions()) {
        var rule = each.getRuleId();
        broken.putIfAbsent(
            rule.getClause() + "-" + rule.getTestNumber(),
            each.getMessage() + " @ " + each.getLocation().getContext());
      }
    }
    broken.forEach((rule, first) -> System.out.println(rule + "\t" + first.replaceAll("\\s+", " ")));
    System.out.println("judged");
  }
}
